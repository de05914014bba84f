import type { Replenishment } from '../../domain/inventory/plan.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/**
 * Notes orders to the supplier, each with its row in `actions`. One whose pieces are in the log already, because the
 * database is being built anew, is answered at once.
 *
 * @param requests the command of each, in the same order
 * @returns those that are answered
 */
export async function insertReplenishments(
  db: Queryable,
  orders: readonly Replenishment[],
  requests: readonly Readonly<Record<string, unknown>>[],
): Promise<string[]> {
  if (orders.length === 0) return [];
  const rows = orders.map((one, i) => [
    ...[one.actionId, one.productId, one.sequence, one.sellerId, one.warehouseId, one.quantity],
    ...[one.orderedAt, one.dueAt, requests[i]],
  ]);
  const { rows: answered } = await db.query<{ action_id: string }>({
    name: 'insert_replenishments',
    text: `WITH ordered AS (
             SELECT e->>0 AS action_id, e->>1 AS product_id, (e->2)::integer AS sequence, e->>3 AS seller_id,
                    e->>4 AS warehouse_id, (e->5)::integer AS quantity, ${micros('e->>6')} AS ordered_at,
                    ${micros('e->>7')} AS due_at, e->8 AS request, came.pieces, came.at
             FROM jsonb_array_elements($1::jsonb) AS e
             LEFT JOIN LATERAL (
               SELECT least(coalesce(sum(quantity), 0), (e->5)::integer)::integer AS pieces, max(occurred_at) AS at
               FROM inventory_events r
               WHERE r.product_id = e->>1 AND r.event_type = 'RECEIVED' AND r.order_id = e->>0) AS came ON true
           ), kept AS (
             INSERT INTO replenishments (action_id, product_id, sequence, seller_id, warehouse_id, quantity, ordered_at,
                                         due_at, received_quantity, received_at)
             SELECT action_id, product_id, sequence, seller_id, warehouse_id, quantity, ordered_at, due_at,
                    pieces, CASE WHEN pieces >= quantity THEN at END
             FROM ordered
             ON CONFLICT DO NOTHING
           ), asked AS (
             INSERT INTO actions (at, action_id, action, status, target, request, result)
             SELECT ordered_at, action_id, 'REORDER', CASE WHEN pieces >= quantity THEN 'DONE' ELSE 'REQUESTED' END,
                    product_id, request,
                    CASE WHEN pieces >= quantity
                         THEN jsonb_build_object('outcome', 'succeeded', 'received_quantity', pieces, 'received_at', iso8601(at)) END
             FROM ordered
             ON CONFLICT DO NOTHING
           )
           SELECT action_id FROM ordered WHERE pieces >= quantity`,
    values: [JSON.stringify(rows)],
  });
  return answered.map((row) => row.action_id);
}
