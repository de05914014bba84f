import { holdAlert, rejectedRecordAlert } from '../../../domain/alerts/alert.ts';
import {
  type Arrival,
  type BurstHold,
  burstHolds,
  compareTriggers,
} from '../../../domain/holds/burst-rules.ts';
import { externalEpisodes, type HoldToggle } from '../../../domain/holds/external-episodes.ts';
import type { HoldReason } from '../../../domain/holds/reasons.ts';
import type { HoldThresholds } from '../../../domain/holds/thresholds.ts';
import { ORDER_CREATED, type OrderEvent } from '../../../domain/order/event.ts';
import { versionOf } from '../../../domain/order/event-order.ts';
import { foldEvent, type OrderState, startOrder } from '../../../domain/order/fold.ts';
import { decodeOrderRecord } from '../../../domain/records/decode-record.ts';
import { DEFAULT_INPUT_LIMITS } from '../../../domain/records/json-record.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { LoggedRecord } from './kafka-log.ts';

/** What a database has to hold of a topic, as keys. */
export interface Expected {
  /** `partition:offset` of what became a raw row. */
  raw: readonly string[];
  /** `partition:offset TYPE` of what was rejected. */
  rejected: readonly string[];
  events: readonly string[];
  /** States, as text, by order_id. */
  orders: ReadonlyMap<string, string>;
  /** See {@link holdKey}. */
  holds: readonly string[];
  /** dedup_key of the alerts of holds and of rejected records. */
  alerts: readonly string[];
}

export interface ExpectedHold {
  orderId: string;
  reason: HoldReason;
  episode: number;
  openedAt: Micros;
  closedAt: Micros | null;
}

export function holdKey({ orderId, reason, episode, openedAt, closedAt }: ExpectedHold): string {
  return `${orderId} ${reason} ${episode} from ${openedAt} to ${closedAt ?? 'now'}`;
}

export function eventKey(
  event: Pick<OrderEvent, 'orderId' | 'occurredAt' | 'eventId' | 'contentHash'>,
): string {
  return `${event.orderId} ${event.occurredAt} ${event.eventId} ${event.contentHash}`;
}

/** The state as text in which the order of members does not matter. */
export function stateText(state: OrderState): string {
  return JSON.stringify(state, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/**
 * What follows from the records of topic `orders` by the rules alone, in one go and in memory. Assumes that stock covers
 * all orders (there is no FUL-INV then) and that nobody decides anything.
 *
 * @param now the clock by which a time is absurd
 */
export function expectedOf(
  records: readonly LoggedRecord[],
  options: { now: Micros; maxRecordBytes: number; thresholds: HoldThresholds },
): Expected {
  const limits = { ...DEFAULT_INPUT_LIMITS, maxBytes: options.maxRecordBytes };
  const raw: string[] = [];
  const rejected: string[] = [];
  const alerts: string[] = [];
  const events = new Map<string, OrderEvent>();
  const orders = new Map<string, OrderState>();
  for (const { partition, offset, value } of records) {
    const decoded = decodeOrderRecord(value, options.now, limits);
    if (decoded.kind === 'rejected') {
      const { type, reason } = decoded;
      rejected.push(`${partition}:${offset} ${type}`);
      const position = { topic: 'orders', epoch: 0, partition, offset };
      alerts.push(rejectedRecordAlert(position, { type, reason, at: 0, logId: 0 }).dedupKey);
      continue;
    }
    raw.push(`${partition}:${offset}`);
    const { event } = decoded;
    events.set(eventKey(event), event);
    if (!event.known) continue;
    const state = orders.get(event.orderId);
    if (state === undefined) orders.set(event.orderId, startOrder(event));
    else foldEvent(state, event);
  }
  const holds = holdsOf([...events.values()], orders, options.thresholds);
  for (const hold of holds) alerts.push(holdAlert({ ...hold, holdId: 0, evidence: {} }, null).dedupKey);
  return {
    raw,
    rejected,
    alerts,
    events: [...events.keys()],
    orders: new Map([...orders].map(([orderId, state]) => [orderId, stateText(state)])),
    holds: holds.map(holdKey),
  };
}

function holdsOf(
  events: readonly OrderEvent[],
  orders: ReadonlyMap<string, OrderState>,
  thresholds: HoldThresholds,
): ExpectedHold[] {
  const known = events.filter((event) => event.known);
  const invalid = [...orders.values()].flatMap(({ orderId, invalid: first }) =>
    first === null
      ? []
      : [{ orderId, reason: 'FUL-VALID' as const, episode: 1, openedAt: first.version[0], closedAt: null }],
  );
  const bursts = burstsOf(known, thresholds).map(({ orderId, reason, openedAt }) => ({
    ...{ orderId, reason, openedAt },
    episode: 1,
    closedAt: null,
  }));
  return [...invalid, ...bursts, ...externalOf(known)];
}

/** The rules look at one product at a time, and the reference is quadratic. */
function burstsOf(events: readonly OrderEvent[], thresholds: HoldThresholds): BurstHold[] {
  const arrivals = events.flatMap((event): Arrival[] => {
    const { productId, userId } = event.fields;
    if (event.eventType !== ORDER_CREATED || productId === null) return [];
    return [{ productId, userId, t: event.occurredAt, orderId: event.orderId }];
  });
  const first = new Map<string, BurstHold>();
  for (const own of grouped(arrivals, ({ productId }) => productId).values()) {
    for (const hold of burstHolds(own, thresholds)) {
      const key = `${hold.reason} ${hold.orderId}`;
      const other = first.get(key);
      if (other === undefined || compareTriggers(hold, other) < 0) first.set(key, hold);
    }
  }
  return [...first.values()];
}

function externalOf(events: readonly OrderEvent[]): ExpectedHold[] {
  const toggles = grouped(
    events.filter(({ holdSignal }) => holdSignal !== null),
    ({ orderId }) => orderId,
  );
  return [...toggles].flatMap(([orderId, own]) =>
    externalEpisodes(own.map(toggleOf)).map(({ episode, openedAt, closedAt }) => ({
      ...{ orderId, episode, openedAt, closedAt },
      reason: 'EXTERNAL' as const,
    })),
  );
}

function toggleOf(event: OrderEvent): HoldToggle {
  const { reasonCode, eventId, holdSignal } = event;
  return { version: versionOf(event), signal: holdSignal ?? 'open', reasonCode, eventId };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
