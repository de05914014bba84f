import {
  type LateMilestone,
  lateMilestones,
  milestoneTimes,
  NO_MILESTONES,
} from '../../../domain/delivery/milestone-times.ts';
import type { Arrival } from '../../../domain/holds/burst-rules.ts';
import { ORDER_CREATED, type OrderEvent } from '../../../domain/order/event.ts';
import { compareVersions, versionOf } from '../../../domain/order/event-order.ts';
import { foldEvent, type OrderState, startOrder } from '../../../domain/order/fold.ts';
import { stockDueAt } from '../../../domain/order/lifecycle.ts';
import { countOrder, DeltaSums } from '../../../domain/rollup/order-deltas.ts';
import { stockLines } from '../../../domain/stock/demand.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { StoredOrder } from '../../sql/load-orders.ts';
import type { OrderLines } from '../../sql/write-order-items.ts';
import type { OrderWrite } from '../../sql/write-orders.ts';
import type { AcceptedRecord } from '../topic-handler.ts';

/** What a batch of events makes of the orders it touches. */
export interface FoldedBatch {
  writes: OrderWrite[];
  deltas: DeltaSums;
  arrivals: Arrival[];
  /** Orders with an ORDER_CREATED in this batch that FUL-VALID objects to. */
  invalid: OrderState[];
  /** Orders whose stock has to be judged, reserved, shipped or given back. */
  stock: OrderState[];
  /** Orders with an inbound HOLD or HOLD_CLEARED in this batch. */
  toggled: string[];
  /** Orders whose lines have changed. */
  lines: OrderLines[];
  /** Offsets of events later than every known event of their order: these cannot have come before. */
  newcomers: Set<number>;
  /** Milestones that event time may have passed already. */
  late: LateMilestone[];
}

/** The records of one batch by order, in the order they came. */
export function groupByOrder(
  records: readonly AcceptedRecord<OrderEvent>[],
): Map<string, AcceptedRecord<OrderEvent>[]> {
  const groups = new Map<string, AcceptedRecord<OrderEvent>[]>();
  for (const record of records) {
    if (!record.event.known) continue;
    const group = groups.get(record.event.orderId);
    if (group === undefined) groups.set(record.event.orderId, [record]);
    else group.push(record);
  }
  return groups;
}

/**
 * Folds a batch into the stored states. Pure: `stored` is consumed, nothing else is read or written.
 *
 * @param lateAfter how long an order may stay PAID, in microseconds
 * @param lateBefore milestones of before this may have been passed by event time; null: none
 */
export function foldBatch(
  groups: ReadonlyMap<string, readonly AcceptedRecord<OrderEvent>[]>,
  stored: ReadonlyMap<string, StoredOrder>,
  rowIdOf: (offset: number) => string,
  lateAfter: Micros,
  now: Micros,
  lateBefore: Micros | null,
): FoldedBatch {
  const batch: FoldedBatch = {
    writes: [],
    deltas: new DeltaSums(),
    arrivals: [],
    invalid: [],
    stock: [],
    toggled: [],
    lines: [],
    newcomers: new Set(),
    late: [],
  };
  for (const [orderId, records] of groups) {
    const first = records[0];
    if (first === undefined) continue;
    const known = stored.get(orderId);
    if (known !== undefined) countOrder(batch.deltas, known.state, lateAfter, -1);
    const stockBefore = known === undefined ? '' : stockSignature(known.state);
    const invalidBefore = known?.state.invalid ?? null;
    const itemsBefore = known?.state.fields.items ?? null;
    const hasLate = lateBefore !== null && records.some(({ event }) => event.occurredAt < lateBefore);
    const milestonesBefore = hasLate && known !== undefined ? milestoneTimes(known.state) : NO_MILESTONES;
    const state = known?.state ?? startOrder(first.event);
    if (known === undefined) batch.newcomers.add(first.record.offset);
    for (const { event, record } of records) {
      if (compareVersions(versionOf(event), state.lastVersion) > 0) batch.newcomers.add(record.offset);
      foldEvent(state, event);
      if (event.holdSignal !== null && batch.toggled.at(-1) !== orderId) batch.toggled.push(orderId);
      addArrival(batch.arrivals, event);
    }
    countOrder(batch.deltas, state, lateAfter, 1);
    if (state.invalid !== invalidBefore) batch.invalid.push(state);
    const signature = stockSignature(state);
    if (signature !== '' && signature !== stockBefore) batch.stock.push(state);
    const partitionAt = known?.partitionAt ?? first.event.occurredAt;
    if (hasLate)
      batch.late.push(...lateMilestones(orderId, milestonesBefore, milestoneTimes(state), lateBefore));
    const { items } = state.fields;
    if (items !== null && items !== itemsBefore)
      batch.lines.push({ orderId, partitionAt, items, replaces: itemsBefore !== null });
    batch.writes.push({
      state,
      partitionAt,
      revision: (known?.revision ?? 0) + 1,
      last: lastRecord(state, records, rowIdOf, now),
    });
  }
  batch.writes.sort((a, b) => (a.state.orderId < b.state.orderId ? -1 : 1));
  return batch;
}

function addArrival(arrivals: Arrival[], event: OrderEvent): void {
  if (event.eventType !== ORDER_CREATED || event.fields.productId === null) return;
  arrivals.push({
    productId: event.fields.productId,
    userId: event.fields.userId,
    t: event.occurredAt,
    orderId: event.orderId,
  });
}

/** What the stock of an order depends on; empty as long as there is nothing to judge. */
function stockSignature(state: OrderState): string {
  const dueAt = stockDueAt(state.stageTimes);
  if (dueAt === null || stockLines(state.fields).length === 0) return '';
  const { SHIPPED, DELIVERED, CANCELED } = state.stageTimes;
  const shipped = SHIPPED !== undefined || DELIVERED !== undefined;
  return `${dueAt} ${shipped} ${CANCELED !== undefined}`;
}

function lastRecord(
  state: OrderState,
  records: readonly AcceptedRecord<OrderEvent>[],
  rowIdOf: (offset: number) => string,
  now: Micros,
): OrderWrite['last'] {
  const last = records.find(({ event }) => compareVersions(versionOf(event), state.lastVersion) === 0);
  if (last === undefined) return null;
  const producedAt = last.event.producedAt;
  return {
    rowId: rowIdOf(last.record.offset),
    producedToKafka: producedAt === null ? null : (last.record.timestamp - producedAt) / 1e6,
    producedToDatabase: producedAt === null ? null : (now - producedAt) / 1e6,
  };
}
