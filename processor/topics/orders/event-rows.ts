import type { OrderEvent } from '../../../domain/order/event.ts';
import type { AcceptedRecord } from '../topic-handler.ts';

/** The rows of `events`, as `insertEvents` takes them. */
export function eventRows(accepted: readonly AcceptedRecord<OrderEvent>[]): string {
  return JSON.stringify(
    accepted.map(({ event, record }) => [
      event.orderId,
      event.occurredAt,
      event.contentHash,
      event.eventId,
      event.eventType,
      event.holdSignal === 'open' ? 'HOLD' : event.status,
      event.reasonCode,
      record.offset,
      record.timestamp,
      record.traceId,
    ]),
  );
}
