import { type Look, summarise } from '../causes/look.ts';
import { FEATURES, type Feature, type FeatureName, type SourceName } from '../causes/signatures.ts';
import type { SourceReading } from '../causes/source-reading.ts';
import type { SeenFeature, View } from '../causes/view.ts';
import { parseSeriesKey } from '../series/series-key.ts';
import type { IncidentScope } from './incident.ts';
import type { IncidentMemory } from './incident-memory.ts';
import { restaurantsBehind } from './orders-by-restaurant.ts';

/**
 * What is looked at for the cause of an incident.
 *
 * @param seriesKeys of its findings
 * @param scope of these
 * @param others series whose deviation another incident explains: they say nothing of this one
 * @param restaurants how many the region has
 */
export function viewOf(
  seriesKeys: readonly string[],
  scope: IncidentScope,
  memory: IncidentMemory,
  others: ReadonlySet<string>,
  restaurants: number,
): View {
  const own = new Set(seriesKeys);
  const looks = Object.values(memory.looks).filter(
    ({ seriesKey }) => own.has(seriesKey) || !others.has(seriesKey),
  );
  const features = new Map<FeatureName, SeenFeature>();
  for (const [name, feature] of Object.entries(FEATURES) as [FeatureName, Feature][]) {
    const seen = seenOf(
      looks.filter((look) => standsFor(look, feature, scope)),
      feature,
      own,
      restaurants,
    );
    if (seen !== null) features.set(name, seen);
  }
  return {
    features,
    sources: sourcesOf(memory.readings, scope),
    reasons: reasonsOf(memory.refusals, features.get('restaurantRefusals')),
    behind: seriesKeys.includes(`orders|region=${scope.region}`) ? restaurantsBehind(memory.orders) : [],
    silent:
      scope.restaurant === undefined && scope.region !== undefined && memory.silent.length > 0
        ? { restaurants: Math.min(...memory.silent), outOf: restaurants }
        : null,
  };
}

function standsFor({ seriesKey }: Look, { metric, level }: Feature, scope: IncidentScope): boolean {
  const name = parseSeriesKey(seriesKey);
  if (name.metric !== metric || name.dimension !== level) return false;
  if (level === 'region') return name.value === scope.region;
  if (level === 'restaurant') return scope.restaurant === undefined || name.value === scope.restaurant;
  return level !== 'method' || scope.method === undefined || name.value === scope.method;
}

/** Those that the incident is about, if it is about any; else all. */
function seenOf(
  looks: readonly Look[],
  { bad, level }: Feature,
  own: ReadonlySet<string>,
  restaurants: number,
): SeenFeature | null {
  const mine = looks.filter(({ seriesKey }) => own.has(seriesKey));
  const isOwn = mine.length > 0;
  const [worst, ...others] = (isOwn ? mine : looks)
    .map((look) => ({ look, z: (look.worst ?? summarise(look)).z }))
    .map(({ look, z }) => ({ look, badness: bad === 'UP' ? z : -z }))
    .toSorted((a, b) => b.badness - a.badness)
    .map(({ look }) => look);
  if (worst === undefined) return null;
  const all = level === 'restaurant' && looks.length > 1 ? restaurants : looks.length;
  return { looks: [worst, ...others], isOwn, outOf: isOwn ? 1 : all };
}

function sourcesOf(readings: readonly SourceReading[], scope: IncidentScope): Map<SourceName, SourceReading> {
  const sources = new Map<SourceName, SourceReading>();
  for (const reading of readings) {
    const name = sourceOf(reading, scope);
    if (name === null || (scope.region === undefined && name !== 'payments')) continue;
    // Of several services of a kind the one that is down counts.
    const known = sources.get(name);
    if (known === undefined || reading.value < known.value) sources.set(name, reading);
  }
  return sources;
}

/** Services are told by their names: `routing`, `payments`, `payments-card`, `restaurants`. */
function sourceOf({ source, subject }: SourceReading, scope: IncidentScope): SourceName | null {
  if (source !== 'HEALTH') return source === 'WEATHER' ? 'weather' : 'traffic';
  if (subject === 'routing' || subject === 'restaurants' || subject === 'payments') return subject;
  const [kind, method] = subject.split(/[-_:](.*)/);
  const isOurs = scope.method === undefined || method?.toLowerCase() === scope.method.toLowerCase();
  return kind === 'payments' && isOurs ? 'payments' : null;
}

/** Of the restaurant that refuses most; of all where none does. */
function reasonsOf(refusals: IncidentMemory['refusals'], seen: SeenFeature | undefined): Map<string, number> {
  const restaurant = seen === undefined ? undefined : parseSeriesKey(seen.looks[0].seriesKey).value;
  const chosen = restaurant === undefined ? undefined : refusals[restaurant];
  const sums = new Map<string, number>();
  for (const counts of chosen === undefined ? Object.values(refusals) : [chosen])
    for (const [reason, count] of Object.entries(counts)) sums.set(reason, (sums.get(reason) ?? 0) + count);
  return sums;
}
