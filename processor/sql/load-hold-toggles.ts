import type { HoldToggle } from '../../domain/holds/external-episodes.ts';
import { NO_STATUS_RANK, type OrderStatus, rankOf } from '../../domain/order/status.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

interface Row {
  order_id: string;
  occurred_at: Micros;
  content_hash: number;
  event_id: string;
  event_type: string;
  current_status: string | null;
  reason_code: string | null;
}

/** Every inbound HOLD and HOLD_CLEARED of these orders. Decisions of operators are not inbound. */
export async function loadHoldToggles(
  db: Queryable,
  topic: string,
  orderIds: readonly string[],
): Promise<Map<string, HoldToggle[]>> {
  const { rows } = await db.query<Row>({
    name: 'load_hold_toggles',
    text: `SELECT order_id, occurred_at, content_hash, event_id, event_type, current_status, reason_code
           FROM events
           WHERE order_id = ANY($1) AND topic = $2 AND (current_status = 'HOLD' OR event_type = 'HOLD_CLEARED')`,
    values: [orderIds, topic],
  });
  const toggles = new Map<string, HoldToggle[]>();
  for (const row of rows) {
    const clears = row.event_type === 'HOLD_CLEARED';
    const rank = clears ? rankOf(row.current_status as OrderStatus | null) : NO_STATUS_RANK;
    const toggle: HoldToggle = {
      version: [row.occurred_at, rank, row.event_id, row.content_hash],
      signal: clears ? 'clear' : 'open',
      reasonCode: row.reason_code,
      eventId: row.event_id,
    };
    const known = toggles.get(row.order_id);
    if (known === undefined) toggles.set(row.order_id, [toggle]);
    else known.push(toggle);
  }
  return toggles;
}
