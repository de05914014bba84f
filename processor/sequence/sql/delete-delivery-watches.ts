import type { Queryable } from '../../../platform/database/database.ts';

export async function deleteDeliveryWatches(db: Queryable, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  await db.query({
    name: 'delete_delivery_watches',
    text: 'DELETE FROM delivery_watches WHERE order_id = ANY($1)',
    values: [orderIds],
  });
}
