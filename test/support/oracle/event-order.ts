import type { OrderEvent } from '../../../domain/order/event.ts';
import type { Micros } from './types.ts';

const RANKS = ['CREATED', 'PAID', 'PICKING', 'PACKED', 'SHIPPED', 'DELIVERED', 'CANCELED'];

/** By code point. */
export function compareText(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The order of events: (occurred_at, rank, event_id, hash). */
export function compareEvents(a: OrderEvent, b: OrderEvent): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? -1 : 1;
  const ranks = [a, b].map((event) => (event.status === null ? -1 : RANKS.indexOf(event.status)));
  if (ranks[0] !== ranks[1]) return ranks[0]! < ranks[1]! ? -1 : 1;
  if (a.eventId !== b.eventId) return compareText(a.eventId, b.eventId);
  if (a.contentHash !== b.contentHash) return a.contentHash < b.contentHash ? -1 : 1;
  return 0;
}

/** Copies of an event say the same of everything but when they were produced; the first production counts. */
export function distinctEvents(events: readonly OrderEvent[]): OrderEvent[] {
  const copies = new Map<string, OrderEvent[]>();
  for (const event of events) {
    const identity = JSON.stringify([event.occurredAt, event.eventId, event.contentHash, event.orderId]);
    copies.set(identity, [...(copies.get(identity) ?? []), event]);
  }
  return [...copies.values()].map((same) => ({
    ...same[0]!,
    producedAt: earliest(same.map((one) => one.producedAt)),
  }));
}

/** The smallest that is there, null when none is. */
export function earliest(times: readonly (Micros | null | undefined)[]): Micros | null {
  const there = times.filter((at) => at !== null && at !== undefined);
  return there.length === 0 ? null : there.reduce((a, b) => Math.min(a, b));
}
