import type { OrderEvent } from '../../../domain/order/event.ts';
import { compareEvents } from './event-order.ts';
import type { HoldRow } from './types.ts';

/** EXTERNAL: an inbound HOLD opens, the next HOLD_CLEARED closes; a HOLD while open and a HOLD_CLEARED while not add nothing. */
export function externalHolds(events: readonly OrderEvent[]): HoldRow[] {
  const orders = new Set(events.map((event) => event.orderId));
  return [...orders].flatMap((orderId) => {
    const signals = events.filter((event) => event.orderId === orderId && event.holdSignal !== null);
    return episodes(signals.sort(compareEvents));
  });
}

function episodes(signals: readonly OrderEvent[]): HoldRow[] {
  const holds: HoldRow[] = [];
  let open: HoldRow | null = null;
  for (const event of signals) {
    if (event.holdSignal === 'open' && open === null) {
      open = {
        order_id: event.orderId,
        reason_code: 'EXTERNAL',
        episode: holds.length + 1,
        status: 'OPEN',
        opened_at: event.occurredAt,
        closed_at: null,
        evidence: { reason_code: event.reasonCode },
      };
      holds.push(open);
    } else if (event.holdSignal === 'clear' && open !== null) {
      open.status = 'CLEARED';
      open.closed_at = event.occurredAt;
      open = null;
    }
  }
  return holds;
}
