import type { Micros } from '../../time/micros.ts';
import { DueQueue } from './due-queue.ts';
import type { OrderWatch } from './order-watch.ts';

/** Below so many entries the queue is left as it is. */
const FEW = 1000;

/** The orders that are watched, and which of them is due next: reaches its limit, or has to be forgotten. */
export class WatchList {
  private readonly forgetAfter: Micros;
  private readonly watches = new Map<string, OrderWatch>();
  private readonly few: number;
  private queue = new DueQueue();
  private readonly changedIds = new Set<string>();

  /** @param forgetAfter since the wait began */
  constructor(forgetAfter: Micros, few: number = FEW) {
    this.forgetAfter = forgetAfter;
    this.few = few;
  }

  /** Entries of the queue, of orders that are not watched any more included. */
  get queued(): number {
    return this.queue.size;
  }

  get(orderId: string): OrderWatch | null {
    return this.watches.get(orderId) ?? null;
  }

  /** Begins to watch an order, or goes on with what it waits for now. */
  put(watch: OrderWatch): void {
    const { orderId } = watch.order;
    this.watches.set(orderId, watch);
    this.changedIds.add(orderId);
    this.queue.push(this.dueOf(watch), orderId);
    if (this.queue.size > this.few && this.queue.size > 2 * this.watches.size) this.clearQueue();
  }

  /** Says that a watch of this list was changed in place. */
  touch(orderId: string): void {
    this.changedIds.add(orderId);
  }

  remove(orderId: string): void {
    if (this.watches.delete(orderId)) this.changedIds.add(orderId);
  }

  /** The watches that may become due until then, as long as nothing is put or removed. */
  dueUntil(at: Micros): OrderWatch[] {
    return [...new Set(this.queue.keysUntil(at))].flatMap((orderId) => this.watches.get(orderId) ?? []);
  }

  /** When the next is due; null: nothing is watched. */
  dueAt(): Micros | null {
    for (let next = this.queue.peek(); next !== null; next = this.queue.peek()) {
      const watch = this.watches.get(next.key);
      if (watch !== undefined && this.dueOf(watch) === next.at) return next.at;
      this.queue.pop();
    }
    return null;
  }

  /** The order that {@link dueAt} is of: its limit has been passed from now on, or it is watched no longer. */
  take(): { watch: OrderWatch; isForgotten: boolean } | null {
    if (this.dueAt() === null) return null;
    const { at, key } = this.queue.pop() ?? { at: 0, key: '' };
    const watch = this.watches.get(key);
    if (watch === undefined) return null;
    const isForgotten = at >= watch.since + this.forgetAfter;
    if (isForgotten) {
      this.remove(key);
    } else {
      watch.passed = true;
      this.put(watch);
    }
    return { watch, isForgotten };
  }

  /** What was put or removed since the last call. */
  changed(): { put: OrderWatch[]; removed: string[] } {
    const ids = [...this.changedIds];
    this.changedIds.clear();
    return {
      put: ids.flatMap((id) => this.watches.get(id) ?? []),
      removed: ids.filter((id) => !this.watches.has(id)),
    };
  }

  restore(watches: readonly OrderWatch[]): void {
    for (const watch of watches) {
      this.put(watch);
    }
    this.changedIds.clear();
  }

  /** An order that has arrived leaves its limits in the queue, which would keep the orders of days. */
  private clearQueue(): void {
    this.queue = new DueQueue();
    for (const [orderId, watch] of this.watches) this.queue.push(this.dueOf(watch), orderId);
  }

  private dueOf({ since, dueAt, passed }: OrderWatch): Micros {
    const forgottenAt = since + this.forgetAfter;
    return dueAt === null || passed ? forgottenAt : Math.min(dueAt, forgottenAt);
  }
}
