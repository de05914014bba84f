import type { Queryable } from '../../platform/database/database.ts';

export interface Shortage {
  orderId: string;
  alertId: number;
  alertVersion: number;
  /** Another hold is open as well: without this one it still reserves nothing. */
  heldOtherwise: boolean;
}

/** Orders that are held because stock of these products ran short, those that came due first in front. */
export async function listShortages(db: Queryable, productIds: readonly string[]): Promise<Shortage[]> {
  const { rows } = await db.query<{
    order_id: string;
    alert_id: number;
    version: number;
    held_otherwise: boolean;
  }>({
    name: 'list_shortages',
    text: `SELECT r.order_id, a.alert_id, a.version,
                  EXISTS (SELECT FROM holds other
                          WHERE other.order_id = r.order_id AND other.status = 'OPEN' AND other.hold_id <> h.hold_id)
                    AS held_otherwise
           FROM (SELECT DISTINCT order_id, due_at FROM stock_reservations
                 WHERE product_id = ANY($1) AND state = 'WAITING' AND outcome = 'SHORT') r
           JOIN holds h ON h.order_id = r.order_id AND h.reason_code = 'FUL-INV' AND h.status = 'OPEN'
           JOIN alerts a ON a.hold_id = h.hold_id AND a.status IN ('OPEN', 'ACK')
           ORDER BY r.due_at, r.order_id COLLATE "C"`,
    values: [productIds],
  });
  return rows.map((row) => ({
    orderId: row.order_id,
    alertId: row.alert_id,
    alertVersion: row.version,
    heldOtherwise: row.held_otherwise,
  }));
}
