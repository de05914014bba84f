import type { StockStatement } from '../../domain/inventory/stock-event.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/** Which of these statements are in the log already, by their place in the list. */
export async function findStockEvents(
  db: Queryable,
  statements: readonly StockStatement[],
): Promise<Set<number>> {
  const { rows } = await db.query<{ index: number }>({
    name: 'find_stock_events',
    text: `SELECT (asked.place - 1)::integer AS index
           FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS asked (e, place)
           WHERE EXISTS (SELECT FROM inventory_events known
                         WHERE known.product_id = e->>0 AND known.occurred_at = ${micros('e->1')} AND known.event_id = e->>2)`,
    values: [JSON.stringify(statements.map(({ productId, at, eventId }) => [productId, at, eventId]))],
  });
  return new Set(rows.map((row) => row.index));
}
