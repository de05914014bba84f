import { decodeStatement } from '../../../domain/inventory/decode-statement.ts';
import type { StockStatement } from '../../../domain/inventory/stock-event.ts';
import { decodeJsonRecord } from '../../../domain/records/decode-record.ts';
import { DEFAULT_INPUT_LIMITS } from '../../../domain/records/json-record.ts';
import type { Config } from '../../../platform/config/load.ts';
import type { Connection } from '../../../platform/database/database.ts';
import { moveStock } from '../../inventory/move-stock.ts';
import { horizonOf } from '../horizon.ts';
import type { AcceptedRecord, BatchPlace, StoreCounts, TopicHandler } from '../topic-handler.ts';

/** Topic `inventory`: what warehouses and suppliers say of the stock. */
export function inventoryHandler(config: Config): TopicHandler<StockStatement> {
  const limits = { ...DEFAULT_INPUT_LIMITS, maxBytes: config.maxRecordBytes };

  async function store(
    connection: Connection,
    place: BatchPlace,
    records: readonly AcceptedRecord<StockStatement>[],
  ): Promise<StoreCounts> {
    const horizon = horizonOf(config, place.now);
    const statements = records.map(({ event }) => event).filter(({ at }) => at >= horizon);
    const added = await moveStock(connection, statements);
    return {
      duplicates: statements.length - added,
      tooLate: records.length - statements.length,
      holdsOpened: {},
    };
  }

  return {
    topic: 'inventory',
    decode: (value, now) => decodeJsonRecord(value, limits, (members) => decodeStatement(members, now)),
    occurredAt: (statement) => statement.at,
    producedAt: () => null,
    store,
  };
}
