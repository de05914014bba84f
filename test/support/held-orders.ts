import type { Database } from '../../platform/database/database.ts';

export interface AlertOfHold {
  alert_id: number;
  status: string;
  version: number;
  ops_operator: string | null;
  ops_note: string | null;
  hold_status: string;
  opened_at: number;
  closed_at: number | null;
  hold_operator: string | null;
}

/** A hold with its alert. */
export async function heldOrder(
  database: Database,
  orderId: string,
  reason: string,
  episode = 1,
): Promise<AlertOfHold> {
  const { rows } = await database.query<AlertOfHold & Record<string, unknown>>(
    `SELECT a.alert_id, a.status, a.version, a.ops_operator, a.ops_note, h.status AS hold_status, h.opened_at,
            h.closed_at, h.ops_operator AS hold_operator
     FROM holds h LEFT JOIN alerts a USING (hold_id) WHERE h.order_id = $1 AND h.reason_code = $2 AND h.episode = $3`,
    [orderId, reason, episode],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`order ${orderId} has no hold ${reason} ${episode}`);
  return row;
}

/** What is seen of an order: its status, the reason of its hold, and its reservation. */
export async function orderView(database: Database, orderId: string): Promise<string> {
  const { rows } = await database.query<{ view: string }>(
    `SELECT concat_ws(' ', current_status, hold_reason_code, r.outcome, r.state) AS view
     FROM orders_current LEFT JOIN stock_reservations r USING (order_id) WHERE order_id = $1`,
    [orderId],
  );
  return rows[0]?.view ?? 'no such order';
}

/** `current/reserved` of a product. */
export async function stockOf(database: Database, productId: string): Promise<string> {
  const { rows } = await database.query<{ stock: string }>(
    `SELECT coalesce(i.current_stock, p.opening_stock) || '/' || coalesce(i.reserved_stock, 0) AS stock
     FROM products p LEFT JOIN inventory i USING (product_id) WHERE p.product_id = $1`,
    [productId],
  );
  return rows[0]?.stock ?? 'not tracked';
}

/** Actions on an alert, oldest first: `action actor source before>after note`. */
export async function auditOf(database: Database, alertId: number): Promise<string[]> {
  const { rows } = await database.query<{ line: string }>(
    `SELECT concat_ws(' ', action, actor, source, status_before || '>' || status_after, note) AS line
     FROM alert_actions WHERE alert_id = $1 ORDER BY at, action`,
    [alertId],
  );
  return rows.map((row) => row.line);
}

/** The result of each action, oldest first: `status code reason`. */
export async function resultsOf(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ line: string }>(
    `SELECT concat_ws(' ', status, result->>'code', result->>'reason') AS line FROM actions ORDER BY at, action_id`,
  );
  return rows.map((row) => row.line);
}
