/** Mean radius of the earth (IUGG: (2a + b) / 3 of WGS 84), in kilometres. */
export const EARTH_RADIUS_KM = 6371.0088;

export interface Coordinates {
  /** Degrees. */
  latitude: number | null;
  longitude: number | null;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/**
 * Great-circle distance in kilometres on a sphere of the mean radius: at most 0.56 % off the ellipsoid. Null when one of
 * the places has no coordinates.
 *
 * Formula: R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (1984), p. 159. Unlike the law of cosines it
 * keeps its precision for places close together.
 */
export function haversineKm(from: Coordinates, to: Coordinates): number | null {
  if (from.latitude === null || from.longitude === null || to.latitude === null || to.longitude === null) {
    return null;
  }
  const sinLatitude = Math.sin(radians(to.latitude - from.latitude) / 2);
  const sinLongitude = Math.sin(radians(to.longitude - from.longitude) / 2);
  const h =
    sinLatitude * sinLatitude +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * sinLongitude * sinLongitude;
  // Rounding can lift h above 1 for antipodes.
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, h)));
}
