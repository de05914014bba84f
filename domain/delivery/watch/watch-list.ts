import type { Micros } from '../../time/micros.ts';
import { DueQueue } from './due-queue.ts';
import type { OrderWatch } from './order-watch.ts';

/** The orders that are watched, and which of them reaches its limit next. */
export class WatchList {
  private readonly watches = new Map<string, OrderWatch>();
  private readonly queue = new DueQueue();
  private readonly changedIds = new Set<string>();

  get(orderId: string): OrderWatch | null {
    return this.watches.get(orderId) ?? null;
  }

  /** Begins to watch an order, or goes on with what it waits for now. */
  put(watch: OrderWatch): void {
    const { orderId } = watch.order;
    this.watches.set(orderId, watch);
    this.changedIds.add(orderId);
    if (watch.dueAt !== null && !watch.passed) this.queue.push(watch.dueAt, orderId);
  }

  /** Says that a watch of this list was changed in place. */
  touch(orderId: string): void {
    this.changedIds.add(orderId);
  }

  remove(orderId: string): void {
    if (this.watches.delete(orderId)) this.changedIds.add(orderId);
  }

  /** When the next limit is reached; null: none is. */
  dueAt(): Micros | null {
    for (let next = this.queue.peek(); next !== null; next = this.queue.peek()) {
      const watch = this.watches.get(next.key);
      if (watch !== undefined && !watch.passed && watch.dueAt === next.at) return next.at;
      this.queue.pop();
    }
    return null;
  }

  /** The order that {@link dueAt} is of; its limit has been passed from now on. */
  pass(): OrderWatch | null {
    if (this.dueAt() === null) return null;
    const watch = this.watches.get(this.queue.pop()?.key ?? '') ?? null;
    if (watch === null) return null;
    watch.passed = true;
    this.touch(watch.order.orderId);
    return watch;
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
}
