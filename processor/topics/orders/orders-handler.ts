import type { OrderEvent } from '../../../domain/order/event.ts';
import { decodeOrderRecord } from '../../../domain/records/decode-record.ts';
import { DEFAULT_INPUT_LIMITS } from '../../../domain/records/json-record.ts';
import type { Config } from '../../../platform/config/load.ts';
import type { Connection } from '../../../platform/database/database.ts';
import { judge } from '../../judge/judge.ts';
import { horizonOf } from '../horizon.ts';
import type { AcceptedRecord, BatchPlace, StoreCounts, TopicHandler } from '../topic-handler.ts';
import { loadAndFold, writeFolded } from './fold-into-orders.ts';
import { storeEvents } from './store-events.ts';

/** Topic `orders`: load the orders, fold the events into them, write, judge. */
export function ordersHandler(config: Config): TopicHandler<OrderEvent> {
  const limits = { ...DEFAULT_INPUT_LIMITS, maxBytes: config.maxRecordBytes };

  async function store(
    connection: Connection,
    place: BatchPlace,
    records: readonly AcceptedRecord<OrderEvent>[],
  ): Promise<StoreCounts> {
    const horizon = horizonOf(config, place.now);
    const accepted = records.filter(({ event }) => event.occurredAt >= horizon);
    const tooLate = records.length - accepted.length;
    if (accepted.length === 0) return { duplicates: 0, tooLate, holdsOpened: {} };

    const batch = await loadAndFold(connection, place, accepted, config.lateAfter);
    const added = await storeEvents(connection, place, accepted, batch.newcomers);
    await writeFolded(connection, batch);
    const holdsOpened = await judge(connection, { topic: place.topic, thresholds: config.holds, batch });
    return { duplicates: accepted.length - added, tooLate, holdsOpened };
  }

  return {
    topic: 'orders',
    allowedLateness: config.allowedLateness,
    decode: (value, now) => decodeOrderRecord(value, now, limits),
    occurredAt: (event) => event.occurredAt,
    producedAt: (event) => event.producedAt,
    store,
  };
}
