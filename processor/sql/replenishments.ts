import type { FilledReplenishment, OpenReplenishment } from '../../domain/inventory/allocate-receipts.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/** Orders to the supplier of which pieces are still to come, the oldest first; nobody else fills them meanwhile. */
export async function openReplenishments(
  db: Queryable,
  productIds: readonly string[],
): Promise<OpenReplenishment[]> {
  const { rows } = await db.query<{
    action_id: string;
    product_id: string;
    quantity: number;
    received_quantity: number;
  }>({
    name: 'open_replenishments',
    text: `SELECT action_id, product_id, quantity, received_quantity FROM replenishments
           WHERE product_id = ANY($1) AND received_at IS NULL
           ORDER BY product_id, sequence FOR UPDATE`,
    values: [productIds],
  });
  return rows.map((row) => ({
    actionId: row.action_id,
    productId: row.product_id,
    quantity: row.quantity,
    received: row.received_quantity,
  }));
}

/**
 * Notes what has come of orders to the supplier, and gives the action of a complete one its result.
 *
 * @returns those that are complete with it
 */
export async function fillReplenishments(
  db: Queryable,
  filled: readonly FilledReplenishment[],
): Promise<string[]> {
  if (filled.length === 0) return [];
  const { rows } = await db.query<{ action_id: string }>({
    name: 'fill_replenishments',
    text: `WITH filled AS (
             UPDATE replenishments r SET
               received_quantity = (e->>1)::integer,
               received_at = CASE WHEN (e->>1)::integer >= r.quantity THEN ${micros('e->2')} END
             FROM jsonb_array_elements($1::jsonb) AS e
             WHERE r.action_id = e->>0
             RETURNING r.action_id, r.ordered_at, r.received_at, r.received_quantity
           ), finished AS (
             UPDATE actions x SET
               status = 'DONE', updated_at = now(),
               result = jsonb_build_object('outcome', 'succeeded', 'received_quantity', f.received_quantity,
                                           'received_at', iso8601(f.received_at))
             FROM filled f
             WHERE f.received_at IS NOT NULL AND x.action_id = f.action_id AND x.at = f.ordered_at AND x.status = 'REQUESTED'
           )
           SELECT action_id FROM filled WHERE received_at IS NOT NULL ORDER BY action_id`,
    values: [JSON.stringify(filled.map((one) => [one.actionId, one.received, one.at]))],
  });
  return rows.map((row) => row.action_id);
}
