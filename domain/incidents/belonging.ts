import type { Cause } from '../causes/cause.ts';
import type { Expectation } from '../causes/likelihood.ts';
import { FEATURES, type Feature, type FeatureName, SIGNATURES, TELLING } from '../causes/signatures.ts';
import type { Direction, Finding } from '../detection/finding.ts';
import { MINUTE, type Micros } from '../time/micros.ts';
import type { HeldFinding, StoredIncident } from './incident-memory.ts';
import { narrowness, type Place, placeOf } from './place.ts';

/** Findings of restaurants of one region that begin within this time of each other are one, if they show the same. */
const AT_THE_SAME_TIME: Micros = 30 * MINUTE;

/** What begins so long after everything else of an incident is another one, though something of it still lasts. */
const CLOSE_IN_TIME: Micros = 90 * MINUTE;

/**
 * How well a finding goes with an open incident: 3 the same restaurant, rider or method, 2 the same region, 1 restaurants
 * of a region that show the same, or cancellations of a region while a payment method fails. 0: not at all.
 */
export function belonging(
  finding: Finding,
  { incident, memory }: StoredIncident,
  restaurants: ReadonlyMap<string, string>,
): number {
  if (memory === null || isAnother(finding, incident)) return 0;
  const begun = memory.findings.map(({ startedAt }) => startedAt);
  const isTooLate = finding.startedAt > Math.max(...begun) + CLOSE_IN_TIME;
  const isTooEarly = finding.startedAt < Math.min(...begun) - CLOSE_IN_TIME;
  if (isTooEarly || (isTooLate && !incident.seriesKeys.includes(finding.seriesKey))) return 0;
  const place = placeOf(finding.seriesKey, restaurants);
  const places = memory.findings.map((held) => ({ held, place: placeOf(held.seriesKey, restaurants) }));
  // Regions that a failing method has reached are not its region: what else happens there is not of it.
  const isOfMethod = places.some((one) => one.place.scope.method !== undefined);
  if (isOfMethod && place.scope.method === undefined) return ofPayments(finding, place);
  return Math.max(...places.map((one) => likeness(finding, place, one.held, one.place)));
}

/** Payments that fail end in cancellations, and in money that is paid back. */
function ofPayments({ direction }: Finding, { metric, scope }: Place): number {
  if (narrowness(scope) === 0) return 2;
  return metric === 'cancel_rate' && direction === 'UP' ? 1 : 0;
}

function likeness(finding: Finding, place: Place, held: HeldFinding, other: Place): number {
  const a = place.scope;
  const b = other.scope;
  for (const kind of ['restaurant', 'rider', 'method'] as const)
    if (a[kind] !== undefined && a[kind] === b[kind]) return 3;
  const narrow = Math.min(narrowness(a), narrowness(b));
  if (narrow === 0) return narrowness(a) + narrowness(b) <= 1 ? 2 : 0;
  if (a.region === undefined || a.region !== b.region) return 0;
  if (narrow === 2) return 2;
  const isSame = place.metric === other.metric && finding.direction === held.direction;
  return isSame && Math.abs(finding.startedAt - held.startedAt) <= AT_THE_SAME_TIME ? 1 : 0;
}

/** A restaurant shows what tells a cause, and it is not the cause that is known: it has trouble of its own. */
function isAnother(
  { seriesKey, direction }: Finding,
  { settledCause, seriesKeys }: StoredIncident['incident'],
): boolean {
  if (settledCause === null || settledCause === 'UNKNOWN' || seriesKeys.includes(seriesKey)) return false;
  const feature = featureOf(seriesKey);
  if (feature === null || FEATURES[feature].level !== 'restaurant' || !TELLING.has(feature)) return false;
  return !isExplained(settledCause, seriesKey, direction);
}

/** Whether a cause would do this to a series. What is no feature says nothing of causes. */
export function isExplained(cause: Cause, seriesKey: string, direction: Direction): boolean {
  const feature = featureOf(seriesKey);
  if (feature === null) return true;
  const expected = SIGNATURES[cause].series[feature] ?? 'QUIET';
  if (expected === 'ANY') return true;
  return direction === 'UP' ? UPWARD.has(expected) : DOWNWARD.has(expected);
}

const UPWARD: ReadonlySet<Expectation> = new Set<Expectation>(['UP', 'SURELY_UP', 'UPWARDS']);
const DOWNWARD: ReadonlySet<Expectation> = new Set<Expectation>(['DOWN', 'SURELY_DOWN', 'DOWNWARDS']);

/** The feature that a series can stand for. */
export function featureOf(seriesKey: string): FeatureName | null {
  const bar = seriesKey.indexOf('|');
  const metric = seriesKey.slice(0, bar);
  const level = seriesKey.slice(bar + 1, seriesKey.indexOf('=', bar));
  for (const [name, feature] of Object.entries(FEATURES) as [FeatureName, Feature][]) {
    if (feature.metric === metric && feature.level === level) return name;
  }
  return null;
}
