import type { OrderWatch } from '../../../domain/delivery/watch/order-watch.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

export async function loadDeliveryWatches(db: Queryable): Promise<OrderWatch[]> {
  const { rows } = await db.query<{
    waits: OrderWatch['waits'];
    since: Micros;
    due_at: Micros | null;
    passed: boolean;
    state: Pick<OrderWatch, 'order' | 'limit' | 'alerts'>;
  }>({
    name: 'load_delivery_watches',
    text: 'SELECT waits, since, due_at, passed, state FROM delivery_watches',
  });
  return rows.map(({ waits, since, due_at, passed, state }) => ({
    ...state,
    waits,
    since,
    dueAt: due_at,
    passed,
  }));
}
