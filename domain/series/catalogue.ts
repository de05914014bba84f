import type { SeriesKind } from '../detection/series-point.ts';
import type { Dimension } from './dimensions.ts';
import type { Measure } from './measures.ts';
import { parseSeriesKey } from './series-key.ts';

/** One kind of series; there is one series for each value of each of its dimensions. */
export type SeriesDefinition = { metric: string; dimensions: readonly Dimension[] } & (
  | { kind: 'COUNT' | 'GAUGE' | 'MEAN'; of: Measure }
  /** `STEPS`: one is expected in every step, and any number of them are one. */
  | { kind: 'RATE'; of: Measure; outOf: Measure | typeof STEPS }
);

export const STEPS = 'steps';

/** All series that are watched. A new one is a line, as long as what it is made of is measured. */
export const SERIES: readonly SeriesDefinition[] = [
  { metric: 'orders', kind: 'COUNT', of: 'created', dimensions: ['region', 'restaurant'] },
  { metric: 'cancel_rate', kind: 'RATE', of: 'canceled', outOf: 'created', dimensions: ['region'] },
  { metric: 'order_value', kind: 'MEAN', of: 'amount', dimensions: ['region'] },
  { metric: 'delivery_seconds', kind: 'MEAN', of: 'delivery_seconds', dimensions: ['region', 'restaurant'] },
  { metric: 'transit_seconds', kind: 'MEAN', of: 'transit_seconds', dimensions: ['region'] },
  { metric: 'route_seconds', kind: 'MEAN', of: 'route_seconds', dimensions: ['region'] },
  {
    metric: 'delivery_failure_rate',
    kind: 'RATE',
    of: 'delivery_failed',
    outOf: 'delivery_ended',
    dimensions: ['region', 'rider'],
  },
  { metric: 'riders_online', kind: 'GAUGE', of: 'riders_there', dimensions: ['region'] },
  { metric: 'riders_idle', kind: 'GAUGE', of: 'riders_waiting', dimensions: ['region'] },
  {
    metric: 'refusal_rate',
    kind: 'RATE',
    of: 'refused',
    outOf: 'answered',
    dimensions: ['restaurant', 'region'],
  },
  { metric: 'prep_seconds', kind: 'MEAN', of: 'prep_seconds', dimensions: ['restaurant', 'region'] },
  { metric: 'response_ms', kind: 'MEAN', of: 'response_ms', dimensions: ['restaurant'] },
  { metric: 'heartbeats', kind: 'RATE', of: 'heartbeats', outOf: STEPS, dimensions: ['restaurant'] },
  {
    metric: 'payment_failure_rate',
    kind: 'RATE',
    of: 'payment_failed',
    outOf: 'payment_attempts',
    dimensions: ['method'],
  },
  { metric: 'refunds', kind: 'COUNT', of: 'refunds', dimensions: ['all'] },
  { metric: 'review_score', kind: 'MEAN', of: 'review_score', dimensions: ['region'] },
];

const KINDS: ReadonlyMap<string, SeriesKind> = new Map(SERIES.map(({ metric, kind }) => [metric, kind]));

const EXPECTED_ALWAYS: ReadonlySet<string> = new Set(
  SERIES.filter((one) => one.kind === 'RATE' && one.outOf === STEPS).map(({ metric }) => metric),
);

/** Whether something of the series is expected in every step, so that silence is what to look for. */
export function isExpectedAlways(key: string): boolean {
  return EXPECTED_ALWAYS.has(parseSeriesKey(key).metric);
}

/** Whether there is a number of the series in a step in which nothing was heard of it: 0. */
export function isCounted(key: string): boolean {
  const kind = KINDS.get(parseSeriesKey(key).metric);
  return kind === 'COUNT' || kind === 'GAUGE' || isExpectedAlways(key);
}

/** Whether the catalogue has the metric of a key. */
export function isKnown(key: string): boolean {
  return KINDS.has(parseSeriesKey(key).metric);
}

/** @throws {Error} for a key whose metric is not in the catalogue */
export function kindOfKey(key: string): SeriesKind {
  const kind = KINDS.get(parseSeriesKey(key).metric);
  if (kind === undefined) throw new Error(`no series has the metric of ${key}`);
  return kind;
}
