import type { OrderEvent } from '../../../domain/order/event.ts';
import { decodeOrderRecord } from '../../../domain/records/decode-record.ts';
import { DEFAULT_INPUT_LIMITS } from '../../../domain/records/json-record.ts';
import { DAY } from '../../../domain/time/micros.ts';
import type { Config } from '../../../platform/config/load.ts';
import type { Connection } from '../../../platform/database/database.ts';
import { judge } from '../../judge/judge.ts';
import { insertArrivals } from '../../sql/insert-arrivals.ts';
import { insertDeltas } from '../../sql/insert-deltas.ts';
import { insertEvents } from '../../sql/insert-events.ts';
import { loadOrders } from '../../sql/load-orders.ts';
import { writeOrders } from '../../sql/write-orders.ts';
import type { AcceptedRecord, BatchPlace, StoreCounts, TopicHandler } from '../topic-handler.ts';
import { eventRows } from './event-rows.ts';
import { foldBatch, groupByOrder } from './fold-batch.ts';

/** Topic `orders`: load the orders, fold the events into them, write, judge. */
export function ordersHandler(config: Config): TopicHandler<OrderEvent> {
  const limits = { ...DEFAULT_INPUT_LIMITS, maxBytes: config.maxRecordBytes };

  async function store(
    connection: Connection,
    place: BatchPlace,
    records: readonly AcceptedRecord<OrderEvent>[],
  ): Promise<StoreCounts> {
    const horizon =
      config.retentionDays === null ? Number.NEGATIVE_INFINITY : place.now - config.retentionDays * DAY;
    const accepted = records.filter(({ event }) => event.occurredAt >= horizon);
    const tooLate = records.length - accepted.length;
    if (accepted.length === 0) return { duplicates: 0, tooLate, holdsOpened: {} };

    const groups = groupByOrder(accepted);
    const stored = await loadOrders(connection, [...groups.keys()]);
    const rowIdOf = (offset: number) => `${place.topic}:${place.epoch}:${place.partition}:${offset}`;
    const batch = foldBatch(groups, stored, rowIdOf, config.lateAfter, place.now);

    const added = await insertEvents(connection, place.topic, place.partition, eventRows(accepted));
    await writeOrders(connection, batch.writes);
    await insertArrivals(connection, batch.arrivals);
    await insertDeltas(connection, batch.deltas.rows());
    const holdsOpened = await judge(connection, { topic: place.topic, thresholds: config.holds, batch });
    return { duplicates: accepted.length - added, tooLate, holdsOpened };
  }

  return {
    topic: 'orders',
    decode: (value, now) => decodeOrderRecord(value, now, limits),
    occurredAt: (event) => event.occurredAt,
    producedAt: (event) => event.producedAt,
    store,
  };
}
