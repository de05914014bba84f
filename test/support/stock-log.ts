import type { Database } from '../../platform/database/database.ts';

/** Levels that are not the sum of their events, and events without a level: none, as long as all is well. */
export async function stockWithoutEvents(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ line: string }>(
    `SELECT format('%s: %s/%s, by its events %s/%s', product_id, current_stock, reserved_stock, current, reserved) AS line
     FROM inventory
     FULL JOIN (SELECT product_id, sum(current_delta) AS current, sum(reserved_delta) AS reserved FROM inventory_events
                GROUP BY product_id HAVING bool_or(current_delta <> 0 OR reserved_delta <> 0)) AS log USING (product_id)
     WHERE (current_stock, reserved_stock) IS DISTINCT FROM (coalesce(current, 0), coalesce(reserved, 0))
     ORDER BY 1`,
  );
  return rows.map((row) => row.line);
}

/** The log of a product, oldest first: `type quantity current reserved order`. */
export async function stockLog(database: Database, productId: string): Promise<string[]> {
  const { rows } = await database.query<{ line: string }>(
    `SELECT concat_ws(' ', event_type, quantity, current_delta, reserved_delta, order_id) AS line
     FROM inventory_events WHERE product_id = $1
     ORDER BY occurred_at, event_id`,
    [productId],
  );
  return rows.map((row) => row.line);
}
