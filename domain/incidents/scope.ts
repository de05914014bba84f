import type { Cause } from '../causes/cause.ts';
import { type Look, summarise } from '../causes/look.ts';
import { FEATURES } from '../causes/signatures.ts';
import { parseSeriesKey } from '../series/series-key.ts';
import type { IncidentScope } from './incident.ts';
import { narrowness, placeOf } from './place.ts';

/**
 * The place that has all of the findings: their restaurant, or their region. A payment method that is among them is what
 * it is about, whatever regions show it.
 */
export function scopeOf(
  seriesKeys: readonly string[],
  restaurants: ReadonlyMap<string, string>,
): IncidentScope {
  const scopes = seriesKeys.map((key) => placeOf(key, restaurants).scope);
  const method = scopes.find((scope) => scope.method !== undefined);
  if (method !== undefined) return method;
  const [first = {}, ...others] = scopes.toSorted((a, b) => narrowness(a) - narrowness(b));
  return others.reduce(common, first);
}

function common(a: IncidentScope, b: IncidentScope): IncidentScope {
  const same: IncidentScope = {};
  for (const kind of ['region', 'restaurant', 'method', 'rider'] as const) {
    const value = a[kind];
    if (value !== undefined && value === b[kind]) same[kind] = value;
  }
  return same;
}

const OF_ONE_RESTAURANT: Partial<
  Readonly<Record<Cause, 'heartbeats' | 'restaurantRefusals' | 'preparation'>>
> = {
  RESTAURANT_OUTAGE: 'heartbeats',
  REFUSALS_INGREDIENTS: 'restaurantRefusals',
  REFUSALS_STAFF: 'restaurantRefusals',
  REFUSALS_SYSTEM: 'restaurantRefusals',
  REFUSALS_OTHER: 'restaurantRefusals',
  PREPARATION: 'preparation',
};

/** In standard deviations: a restaurant that shows it so clearly is what it is about. */
const CLEARLY = 4;

/**
 * The restaurant that is behind what a region shows, where one alone is.
 *
 * @param scope of its findings
 */
export function narrowed(scope: IncidentScope, cause: Cause | null, looks: readonly Look[]): IncidentScope {
  const name = cause === null ? undefined : OF_ONE_RESTAURANT[cause];
  if (name === undefined || scope.region === undefined || scope.restaurant !== undefined) return scope;
  const { metric, bad } = FEATURES[name];
  const clear = looks.filter((look) => {
    const series = parseSeriesKey(look.seriesKey);
    if (series.metric !== metric || series.dimension !== 'restaurant') return false;
    const { z } = summarise(look);
    return (bad === 'UP' ? z : -z) >= CLEARLY;
  });
  const [only, ...others] = clear;
  if (only === undefined || others.length > 0) return scope;
  return { ...scope, restaurant: parseSeriesKey(only.seriesKey).value };
}
