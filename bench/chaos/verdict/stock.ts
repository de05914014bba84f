import type { Database } from '../../../platform/database/database.ts';
import type { Comparison } from './comparison.ts';

/** Levels of stock against the movements they are the sum of, and against what orders were promised. */
export async function compareStock(database: Database): Promise<Comparison> {
  const { rows } = await database.query<{ product_id: string; ok: boolean }>(
    `SELECT product_id,
            current_stock = coalesce(log.current, 0) AND reserved_stock = coalesce(log.reserved, 0)
              AND reserved_stock = coalesce(promised.reserved, 0) AND current_stock >= reserved_stock AS ok
     FROM inventory
     LEFT JOIN (SELECT product_id, sum(current_delta) AS current, sum(reserved_delta) AS reserved
                FROM inventory_events GROUP BY 1) AS log USING (product_id)
     LEFT JOIN (SELECT product_id, sum(quantity) AS reserved
                FROM stock_reservations WHERE state = 'RESERVED' GROUP BY 1) AS promised USING (product_id)`,
  );
  const wrong = rows.filter(({ ok }) => !ok).map(({ product_id }) => product_id);
  return { what: 'stock levels', wanted: rows.length, found: rows.length, lost: [], doubled: [], wrong };
}
