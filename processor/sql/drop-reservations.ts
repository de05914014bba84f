import type { Queryable } from '../../platform/database/database.ts';

/** Forgets what these orders asked for, because they ask for other products now. Nothing of it is reserved. */
export async function dropReservations(db: Queryable, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  await db.query({
    name: 'drop_reservations',
    text: 'DELETE FROM stock_reservations WHERE order_id = ANY($1)',
    values: [orderIds],
  });
}
