import { PLACES } from '../places/districts.ts';

/** How large a world is. */
export interface WorldSize {
  districts: number;
  restaurantsPerDistrict: number;
  /** On an average day, all districts together. */
  ordersPerDay: number;
  /** Orders a week of the median customer; 1 unless told. Who orders oftener is fewer, and missed sooner. */
  ordersPerCustomer?: number;
}

export const WORLD_SIZES = {
  small: { districts: 3, restaurantsPerDistrict: 8, ordersPerDay: 2_000 },
  medium: { districts: 5, restaurantsPerDistrict: 10, ordersPerDay: 10_000 },
  large: { districts: 25, restaurantsPerDistrict: 40, ordersPerDay: 100_000 },
} as const satisfies Record<string, WorldSize>;

export type WorldSizeName = keyof typeof WORLD_SIZES;

export const MOST_DISTRICTS = PLACES.length;
