import type { Queryable } from '../../platform/database/database.ts';

/** A level that is not the sum of its events. */
export interface StockDifference {
  productId: string;
  /** Null: the product has events, but no level. */
  level: { current: number; reserved: number } | null;
  /** Null: the product has a level, but no events. */
  log: { current: number; reserved: number } | null;
}

/** Tracked products whose level is not the sum of their events. */
export async function compareStock(db: Queryable): Promise<StockDifference[]> {
  const { rows } = await db.query<{
    product_id: string;
    current_stock: number | null;
    reserved_stock: number | null;
    current: number | null;
    reserved: number | null;
  }>({
    name: 'compare_stock',
    text: `SELECT product_id, current_stock, reserved_stock, log.current::float8 AS current, log.reserved::float8 AS reserved
           FROM inventory
           FULL JOIN (SELECT product_id, sum(current_delta) AS current, sum(reserved_delta) AS reserved
                      FROM inventory_events GROUP BY product_id
                      HAVING bool_or(event_type = 'RECEIVED' OR current_delta <> 0 OR reserved_delta <> 0)) AS log
             USING (product_id)
           WHERE (current_stock, reserved_stock) IS DISTINCT FROM (log.current, log.reserved)
           ORDER BY product_id COLLATE "C"`,
  });
  return rows.map((row) => ({
    productId: row.product_id,
    level: pair(row.current_stock, row.reserved_stock),
    log: pair(row.current, row.reserved),
  }));
}

function pair(current: number | null, reserved: number | null): StockDifference['level'] {
  return current === null || reserved === null ? null : { current, reserved };
}
