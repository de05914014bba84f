import type { Queryable } from '../../platform/database/database.ts';
import { warehouseSums } from './warehouse-sums.ts';

/** What the events that name a warehouse come to: pieces, and what those with a known cost cost together. */
export interface WarehouseSums {
  current: number;
  reserved: number;
  costed_pieces: number;
  costs: number;
}

/** A row of warehouse_stock that is not the sum of its events. */
export interface WarehouseDifference {
  productId: string;
  warehouseId: string;
  /** Null: there are events, but no row. */
  kept: WarehouseSums | null;
  /** All 0 where there are no events. */
  log: WarehouseSums;
}

const DIFFERING = `
  SELECT product_id, warehouse_id, to_jsonb(w) - 'product_id' - 'warehouse_id' AS kept,
         coalesce(log.current, 0) AS current, coalesce(log.reserved, 0) AS reserved,
         coalesce(log.costed_pieces, 0) AS costed_pieces, coalesce(log.costs, 0) AS costs
  FROM warehouse_stock AS w
  FULL JOIN (${warehouseSums('inventory_events')}) AS log USING (product_id, warehouse_id)
  WHERE (w.current, w.reserved, w.costed_pieces, w.costs) IS DISTINCT FROM
        (coalesce(log.current, 0), coalesce(log.reserved, 0), coalesce(log.costed_pieces, 0), coalesce(log.costs, 0))`;

/** Rows of warehouse_stock that are not the sum of their events, or are missing. */
export async function compareWarehouses(db: Queryable): Promise<WarehouseDifference[]> {
  const { rows } = await db.query<
    { product_id: string; warehouse_id: string; kept: WarehouseSums | null } & WarehouseSums
  >({
    name: 'compare_warehouses',
    text: `${DIFFERING} ORDER BY product_id COLLATE "C", warehouse_id COLLATE "C"`,
  });
  return rows.map(({ product_id: productId, warehouse_id: warehouseId, kept, ...log }) => ({
    ...{ productId, warehouseId, kept, log },
  }));
}

/** Gives every row of warehouse_stock the sum of its events; one without events gets 0. */
export async function rebuildWarehouses(db: Queryable): Promise<void> {
  await db.query({
    name: 'rebuild_warehouses',
    text: `INSERT INTO warehouse_stock (product_id, warehouse_id, current, reserved, costed_pieces, costs)
           SELECT product_id, warehouse_id, current, reserved, costed_pieces, costs FROM (${DIFFERING}) AS differing
           ON CONFLICT (product_id, warehouse_id) DO UPDATE SET
             current = excluded.current, reserved = excluded.reserved,
             costed_pieces = excluded.costed_pieces, costs = excluded.costs`,
  });
}
