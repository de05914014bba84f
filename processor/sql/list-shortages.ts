import type { Queryable } from '../../platform/database/database.ts';

export interface Shortage {
  orderId: string;
  alertId: number;
  alertVersion: number;
}

/** Orders that are held because these products ran short, those that came due first in front. */
export async function listShortages(db: Queryable, productIds: readonly string[]): Promise<Shortage[]> {
  const { rows } = await db.query<{ order_id: string; alert_id: number; version: number }>({
    name: 'list_shortages',
    text: `SELECT r.order_id, a.alert_id, a.version
           FROM stock_reservations r
           JOIN holds h ON h.order_id = r.order_id AND h.reason_code = 'FUL-INV' AND h.status = 'OPEN'
           JOIN alerts a ON a.hold_id = h.hold_id AND a.status IN ('OPEN', 'ACK')
           WHERE r.product_id = ANY($1) AND r.state = 'WAITING' AND r.outcome = 'SHORT'
           ORDER BY r.due_at, r.order_id COLLATE "C"`,
    values: [productIds],
  });
  return rows.map((row) => ({ orderId: row.order_id, alertId: row.alert_id, alertVersion: row.version }));
}
