import type { OrderEvent } from '../../../domain/order/event.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Connection } from '../../../platform/database/database.ts';
import { insertArrivals } from '../../sql/insert-arrivals.ts';
import { insertDeltas } from '../../sql/insert-deltas.ts';
import { insertLateMilestones } from '../../sql/insert-late-milestones.ts';
import { loadOrders } from '../../sql/load-orders.ts';
import { writeOrderItems } from '../../sql/write-order-items.ts';
import { writeOrders } from '../../sql/write-orders.ts';
import type { AcceptedRecord, BatchPlace } from '../topic-handler.ts';
import { type FoldedBatch, foldBatch, groupByOrder } from './fold-batch.ts';

/** Loads the orders that a batch of events is about and folds the events into them. Writes nothing. */
export async function loadAndFold(
  connection: Connection,
  place: BatchPlace,
  accepted: readonly AcceptedRecord<OrderEvent>[],
  lateAfter: Micros,
): Promise<FoldedBatch> {
  const groups = groupByOrder(accepted);
  const stored = await loadOrders(connection, [...groups.keys()]);
  const rowIdOf = (offset: number) => `${place.topic}:${place.epoch}:${place.partition}:${offset}`;
  return foldBatch(groups, stored, rowIdOf, lateAfter, place.now, place.lateBefore);
}

/** Writes what {@link loadAndFold} made. @throws {Conflict} when another transaction wrote one of the orders since */
export async function writeFolded(connection: Connection, batch: FoldedBatch): Promise<void> {
  await writeOrders(connection, batch.writes);
  await writeOrderItems(connection, batch.lines);
  await insertLateMilestones(connection, batch.late);
  await insertArrivals(connection, batch.arrivals);
  await insertDeltas(connection, batch.deltas.rows());
}
