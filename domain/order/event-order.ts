import { compareCodePoints } from '../text/compare.ts';
import type { Micros } from '../time/micros.ts';
import type { OrderEvent } from './event.ts';
import { rankOf } from './status.ts';

/**
 * Where an event stands among the events of its order: (occurred_at, rank of its status, event_id, content hash).
 *
 * A total order on distinct events, so "the latest event" means the same whatever came first over the wire.
 */
export type EventVersion = readonly [occurredAt: Micros, rank: number, eventId: string, contentHash: number];

export function versionOf(event: OrderEvent): EventVersion {
  return [event.occurredAt, rankOf(event.status), event.eventId, event.contentHash];
}

/** Negative when `a` comes before `b`, 0 for the same event. */
export function compareVersions(a: EventVersion, b: EventVersion): number {
  return a[0] - b[0] || a[1] - b[1] || compareCodePoints(a[2], b[2]) || a[3] - b[3];
}
