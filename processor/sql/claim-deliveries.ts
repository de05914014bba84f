import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/** What a simulated supplier brings. */
export interface DueDelivery {
  actionId: string;
  productId: string;
  sellerId: string | null;
  warehouseId: string | null;
  quantity: number;
  dueAt: Micros;
}

/** Orders to the supplier whose lead time is over and that nobody has delivered yet; each is given once. */
export async function claimDeliveries(db: Queryable, now: Micros): Promise<DueDelivery[]> {
  const { rows } = await db.query<{
    action_id: string;
    product_id: string;
    seller_id: string | null;
    warehouse_id: string | null;
    quantity: number;
    due_at: Micros;
  }>({
    name: 'claim_deliveries',
    text: `WITH due AS (
             UPDATE replenishments SET supplier_told = true
             WHERE NOT supplier_told AND received_at IS NULL AND due_at <= ${micros('$1::text')}
             RETURNING action_id, product_id, seller_id, warehouse_id, quantity - received_quantity AS quantity, due_at
           )
           SELECT * FROM due ORDER BY due_at, action_id COLLATE "C"`,
    values: [String(now)],
  });
  return rows.map((row) => ({
    actionId: row.action_id,
    productId: row.product_id,
    sellerId: row.seller_id,
    warehouseId: row.warehouse_id,
    quantity: row.quantity,
    dueAt: row.due_at,
  }));
}
