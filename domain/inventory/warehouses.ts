import { type Coordinates, haversineKm } from '../delivery/geo.ts';

export interface Warehouse extends Coordinates {
  warehouseId: string;
}

/** The warehouse nearest to a place, the first of those as near; null where nobody knows. */
export function nearestWarehouse(to: Coordinates, warehouses: readonly Warehouse[]): string | null {
  let nearest: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const warehouse of warehouses) {
    const distance = haversineKm(warehouse, to);
    if (distance === null || distance >= least) continue;
    least = distance;
    nearest = warehouse.warehouseId;
  }
  return nearest;
}
