import { type Look, type LookSummary, lookAt, summarise } from '../causes/look.ts';
import { FEATURES, regularityOf } from '../causes/signatures.ts';
import type { SourceReading } from '../causes/source-reading.ts';
import type { Finding } from '../detection/finding.ts';
import type { Verdict } from '../detection/verdict.ts';
import { MINUTE, type Micros } from '../time/micros.ts';
import type { Incident, IncidentScope, IncidentStep } from './incident.ts';
import { addOrders, type OrdersByRestaurant } from './orders-by-restaurant.ts';

/** A finding of an incident, as far as it matters to it. */
export type HeldFinding = Pick<
  Finding,
  'findingId' | 'seriesKey' | 'startedAt' | 'endedAt' | 'direction' | 'severity'
>;

/** What is remembered of an incident while more may come. Plain data: it is stored as JSON. */
export interface IncidentMemory {
  findings: readonly HeldFinding[];
  /** By series key. */
  looks: Readonly<Record<string, Look>>;
  /** Refusals since it was opened, by restaurant and reason. */
  refusals: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The worst of each source and subject since it was opened. */
  readings: readonly SourceReading[];
  /** Since it was opened. */
  orders: OrdersByRestaurant;
  /** How many restaurants of its region were silent in each of the last steps. */
  silent: readonly number[];
  /** Steps since it was opened, that of its opening included. */
  steps: number;
}

/** What the database keeps. @property memory null: it is closed for good */
export interface StoredIncident {
  incident: Incident;
  memory: IncidentMemory | null;
}

/** A step, with what is the same for all its incidents. */
export interface StepContext extends IncidentStep {
  restaurantsOf(region: string): readonly string[];
}

/** What an incident is about, for what to look at. */
export interface Surroundings {
  /** Of its findings. */
  seriesKeys: readonly string[];
  /** Of these. */
  scope: IncidentScope;
}

/** A reading says something of so long after it. */
const READING_LASTS: Micros = 45 * MINUTE;

/** Of the restaurants of a region, so many are looked at for each metric: the worst ones. */
const MOST_RESTAURANTS = 3;

/** A restaurant that sends less than this part of its signs of life is silent. */
const SILENT_BELOW = 0.34;

/** One sign of life may come a moment too late for its step; so many in a row do not. */
const SILENT_STEPS = 2;

const OF_RESTAURANT = metricsOf('restaurant');
const OF_REGION = metricsOf('region');
const OF_METHOD = metricsOf('method');

function metricsOf(level: string): { metric: string; bad: 'UP' | 'DOWN' }[] {
  return Object.values(FEATURES).filter((feature) => feature.level === level);
}

/** Looks at everything that may say something of the incident, once more. */
export function remember(memory: IncidentMemory, around: Surroundings, step: StepContext): IncidentMemory {
  return {
    findings: memory.findings,
    looks: lookAround(memory, around, step),
    refusals: addRefusals(memory.refusals, around, step),
    readings: worstReadings(memory.readings, around, step),
    orders: addOrders(memory.orders, around, step),
    silent: [...memory.silent, silentNow(around, step)].slice(-SILENT_STEPS),
    steps: memory.steps + 1,
  };
}

export const NOTHING_REMEMBERED: IncidentMemory = {
  findings: [],
  looks: {},
  refusals: {},
  readings: [],
  orders: {},
  silent: [],
  steps: 0,
};

function lookAround(memory: IncidentMemory, around: Surroundings, step: StepContext): Record<string, Look> {
  const own = new Set(around.seriesKeys);
  const looks: Record<string, Look> = {};
  for (const key of new Set([...seriesAround(around, step), ...own])) {
    const verdict = step.deviations(key);
    const before = memory.looks[key];
    const look = verdict === undefined ? before : lookAt(before, key, verdict);
    if (look === undefined) continue;
    looks[key] = look;
    // What the incident is about is remembered at its worst: that it gets better says nothing of what it was.
    if (own.has(key)) looks[key] = { ...look, worst: worstOf(before, look) };
  }
  return looks;
}

function worstOf(before: Look | undefined, now: Look): LookSummary {
  const summary = summarise(now, regularityOf(now.seriesKey));
  const worst = before?.worst;
  return worst !== undefined && Math.abs(worst.z) >= Math.abs(summary.z) ? worst : summary;
}

function seriesAround({ scope }: Surroundings, step: StepContext): string[] {
  const { region, restaurant } = scope;
  const keys = step.methods.flatMap((method) => OF_METHOD.map(({ metric }) => `${metric}|method=${method}`));
  keys.push('refunds|all=all');
  if (restaurant !== undefined)
    keys.push(...OF_RESTAURANT.map(({ metric }) => `${metric}|restaurant=${restaurant}`));
  if (region === undefined) return keys;
  keys.push(...OF_REGION.map(({ metric }) => `${metric}|region=${region}`));
  for (const { metric, bad } of OF_RESTAURANT) keys.push(...worst(metric, bad, region, step));
  return keys;
}

function worst(metric: string, bad: 'UP' | 'DOWN', region: string, step: StepContext): string[] {
  const found: { key: string; badness: number }[] = [];
  for (const restaurant of step.restaurantsOf(region)) {
    const key = `${metric}|restaurant=${restaurant}`;
    const verdict = step.deviations(key);
    if (verdict !== undefined) found.push({ key, badness: badnessOf(verdict, bad) });
  }
  return found
    .toSorted((a, b) => b.badness - a.badness || (a.key < b.key ? -1 : 1))
    .slice(0, MOST_RESTAURANTS)
    .map(({ key }) => key);
}

function badnessOf({ deviation }: Verdict, bad: 'UP' | 'DOWN'): number {
  return bad === 'UP' ? deviation : -deviation;
}

function silentNow({ scope }: Surroundings, step: StepContext): number {
  if (scope.region === undefined) return 0;
  return step.restaurantsOf(scope.region).filter((restaurant) => {
    const verdict = step.deviations(`heartbeats|restaurant=${restaurant}`);
    const { observed = null, expected = null } = verdict ?? {};
    return observed !== null && expected !== null && expected > 0.5 && observed < SILENT_BELOW * expected;
  }).length;
}

function addRefusals(
  before: IncidentMemory['refusals'],
  { scope }: Surroundings,
  step: IncidentStep,
): IncidentMemory['refusals'] {
  const sums: Record<string, Record<string, number>> = structuredClone(before);
  for (const { restaurant, region, reason, count } of step.refusals) {
    if (scope.restaurant === undefined ? region !== scope.region : restaurant !== scope.restaurant) continue;
    const known = sums[restaurant] ?? {};
    sums[restaurant] = { ...known, [reason]: (known[reason] ?? 0) + count };
  }
  return sums;
}

/** The worst of each source and subject since the incident was opened. */
function worstReadings(
  before: readonly SourceReading[],
  { scope }: Surroundings,
  step: IncidentStep,
): SourceReading[] {
  const readings = new Map(before.map((one) => [`${one.source} ${one.subject}`, one]));
  for (const one of step.readings) {
    if (one.at <= step.now - READING_LASTS) continue;
    if (one.source !== 'HEALTH' && one.subject !== scope.region) continue;
    const key = `${one.source} ${one.subject}`;
    const known = readings.get(key);
    const isWorse =
      known === undefined || (one.source === 'HEALTH' ? one.value < known.value : one.value > known.value);
    if (isWorse) readings.set(key, one);
  }
  return [...readings.values()];
}
