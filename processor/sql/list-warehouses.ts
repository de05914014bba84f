import type { Warehouse } from '../../domain/inventory/warehouses.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** All warehouses by id, with their own coordinates or those of their zip. */
export async function listWarehouses(db: Queryable): Promise<Warehouse[]> {
  const { rows } = await db.query<{
    warehouse_id: string;
    latitude: number | null;
    longitude: number | null;
  }>({
    name: 'list_warehouses',
    text: `SELECT warehouse_id, coalesce(w.latitude, z.latitude) AS latitude, coalesce(w.longitude, z.longitude) AS longitude
           FROM warehouses w LEFT JOIN zip_coordinates z USING (zip)
           ORDER BY warehouse_id COLLATE "C"`,
  });
  return rows.map(({ warehouse_id: warehouseId, latitude, longitude }) => ({
    ...{ warehouseId, latitude, longitude },
  }));
}
