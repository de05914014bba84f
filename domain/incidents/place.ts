import { parseSeriesKey } from '../series/series-key.ts';
import type { IncidentScope } from './incident.ts';

/** Where a series is measured. A restaurant's place has its region, where that is known. */
export interface Place {
  metric: string;
  scope: IncidentScope;
}

export function placeOf(seriesKey: string, restaurants: ReadonlyMap<string, string>): Place {
  const { metric, dimension, value } = parseSeriesKey(seriesKey);
  switch (dimension) {
    case 'region':
      return { metric, scope: { region: value } };
    case 'restaurant': {
      const region = restaurants.get(value);
      return { metric, scope: { restaurant: value, ...(region === undefined ? {} : { region }) } };
    }
    case 'method':
      return { metric, scope: { method: value } };
    case 'rider':
      return { metric, scope: { rider: value } };
    case 'all':
      return { metric, scope: {} };
  }
}

/** More than the narrowness of any place. */
export const NARROWEST = 4;

/** How wide a place is: the whole platform 0, then methods, regions, restaurants and riders. */
export function narrowness({ method, region, restaurant, rider }: IncidentScope): number {
  if (restaurant !== undefined || rider !== undefined) return 3;
  if (region !== undefined) return 2;
  return method !== undefined ? 1 : 0;
}
