import type { Verdict } from '../detection/verdict.ts';
import type { Incident } from '../incidents/incident.ts';
import { parseSeriesKey } from '../series/series-key.ts';
import { type ActionTarget, targetKey } from './action.ts';
import type { ActionRule } from './policy.ts';

/** Verdict on the present step of a series; undefined where it has none. */
export type Deviations = (seriesKey: string) => Verdict | undefined;

/** Whether a step was as expected. What is not known is not. */
export function isInBand(verdict: Verdict | undefined): boolean {
  if (verdict === undefined || verdict.anomalous) return false;
  const { observed, low, high } = verdict;
  return observed !== null && low !== null && high !== null && observed >= low && observed <= high;
}

/**
 * What an action of a rule is to be done to, in the order of their keys. None when the incident has no such place, or
 * all of them are as expected again.
 */
export function targetsOf(rule: ActionRule, incident: Incident, deviations: Deviations): ActionTarget[] {
  const { to } = rule;
  if (to === 'platform') return [{}];
  if (to === 'incident') return [{ ...incident.scope }];
  const { region } = incident.scope;
  const within = region === undefined || to === 'region' ? {} : { region };
  return placesOf(rule, to, incident)
    .filter((place) => isStillShown(rule, incident, place, deviations))
    .map((place) => ({ ...within, [to]: place }));
}

/** Of the scope; where that is wider, of the series that were found to deviate. */
function placesOf(
  rule: ActionRule,
  to: 'region' | 'restaurant' | 'method',
  { scope, seriesKeys }: Incident,
): string[] {
  const own = scope[to];
  if (own !== undefined) return [own];
  const places = seriesKeys
    .map(parseSeriesKey)
    .filter((name) => name.dimension === to && isShownBy(rule, name.metric))
    .map(({ value }) => value);
  return [...new Set(places)].sort();
}

/** A place whose series are as expected again by themselves needs no action. */
function isStillShown(
  rule: ActionRule,
  { scope, seriesKeys }: Incident,
  place: string,
  deviations: Deviations,
): boolean {
  const own = seriesKeys.filter((key) => {
    const { metric, dimension, value } = parseSeriesKey(key);
    return dimension === rule.to && value === place && isShownBy(rule, metric);
  });
  if (own.length === 0) return rule.shownBy.length === 0 || Object.values(scope).includes(place);
  return own.some((key) => !isInBand(deviations(key)));
}

function isShownBy({ shownBy }: ActionRule, metric: string): boolean {
  return shownBy.length === 0 || shownBy.includes(metric);
}

/** The series that an action on this target is to bring back: of the metric, else the incident's own; null: none. */
export function followedSeries(
  metric: string | null,
  target: ActionTarget,
  { seriesKeys }: Pick<Incident, 'seriesKeys'>,
): string | null {
  const suffix = `|${targetKey(target)}`;
  if (metric === null) return seriesKeys.find((key) => key.endsWith(suffix)) ?? seriesKeys[0] ?? null;
  const own = `${metric}${suffix}`;
  if (seriesKeys.includes(own)) return own;
  return seriesKeys.find((key) => key.startsWith(`${metric}|`)) ?? own;
}
