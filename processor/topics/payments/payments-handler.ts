import { decodePayment } from '../../../domain/payments/decode-payment.ts';
import type { PaymentEvent } from '../../../domain/payments/payment.ts';
import { decodeJsonRecord } from '../../../domain/records/decode-record.ts';
import { DEFAULT_INPUT_LIMITS } from '../../../domain/records/json-record.ts';
import type { Config } from '../../../platform/config/load.ts';
import type { Connection } from '../../../platform/database/database.ts';
import { insertPayments } from '../../sql/insert-payments.ts';
import { horizonOf } from '../horizon.ts';
import type { AcceptedRecord, BatchPlace, StoreCounts, TopicHandler } from '../topic-handler.ts';

/** Topic `payments`: facts that are kept. Nothing of an order follows from them; that it is paid says topic `orders`. */
export function paymentsHandler(config: Config): TopicHandler<PaymentEvent> {
  const limits = { ...DEFAULT_INPUT_LIMITS, maxBytes: config.maxRecordBytes };

  async function store(
    connection: Connection,
    place: BatchPlace,
    records: readonly AcceptedRecord<PaymentEvent>[],
  ): Promise<StoreCounts> {
    const horizon = horizonOf(config, place.now);
    const payments = records.map(({ event }) => event).filter((event) => event.occurredAt >= horizon);
    const added = await insertPayments(connection, payments);
    const tooLate = records.length - payments.length;
    return { duplicates: payments.length - added, tooLate, holdsOpened: {} };
  }

  return {
    topic: 'payments',
    decode: (value, now) => decodeJsonRecord(value, limits, (members) => decodePayment(members, now)),
    occurredAt: (event) => event.occurredAt,
    producedAt: (event) => event.producedAt,
    store,
  };
}
