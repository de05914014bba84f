import type { OrderEvent } from '../../../domain/order/event.ts';
import type { Connection } from '../../../platform/database/database.ts';
import { insertEventCopies } from '../../sql/insert-event-copies.ts';
import { insertEvents } from '../../sql/insert-events.ts';
import type { AcceptedRecord, BatchPlace } from '../topic-handler.ts';
import { eventRows } from './event-rows.ts';

/**
 * Adds the events of a batch, and remembers the records that brought one again.
 *
 * @param newcomers offsets of the events that cannot have come before: see `FoldedBatch`
 * @returns how many were not known before
 */
export async function storeEvents(
  connection: Connection,
  { topic, partition, isNewGround }: BatchPlace,
  accepted: readonly AcceptedRecord<OrderEvent>[],
  newcomers: ReadonlySet<number>,
): Promise<number> {
  const isNew = ({ record }: AcceptedRecord<OrderEvent>) => isNewGround && newcomers.has(record.offset);
  const areNew = accepted.filter(isNew);
  let added = 0;
  if (areNew.length > 0) added += await insertEvents(connection, topic, partition, eventRows(areNew), true);
  if (areNew.length === accepted.length) return added;
  const others = accepted.filter((one) => !isNew(one));
  const rows = eventRows(others);
  const addedOfThem = await insertEvents(connection, topic, partition, rows, false);
  if (addedOfThem < others.length) await insertEventCopies(connection, topic, partition, rows);
  return added + addedOfThem;
}
