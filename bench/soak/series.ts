import type { Measurement } from './measure.ts';
import { type Allowance, type Trend, trendOf, type Verdict, verdictOf } from './trend.ts';

export interface WatchedSeries {
  name: string;
  unit: string;
  pick(measurement: Measurement): number;
  allowance: Allowance;
}

const MIB = 1024 * 1024;

/** What has to stay as it is. */
export const WATCHED: readonly WatchedSeries[] = [
  memory('processor, resident memory', ({ processorRss }) => processorRss),
  memory('processor, heap', ({ processorHeap }) => processorHeap),
  memory('alertbot, resident memory', ({ alertbotRss }) => alertbotRss),
  memory('alertbot, heap', ({ alertbotHeap }) => alertbotHeap),
  latency('latency p50', ({ latencyP50 }) => latencyP50),
  latency('latency p99', ({ latencyP99 }) => latencyP99),
  { name: 'lag', unit: 'records', pick: ({ lag }) => lag, allowance: { share: 0.5, least: 500 } },
];

function memory(name: string, pick: (measurement: Measurement) => number): WatchedSeries {
  return { name, unit: 'MiB', pick: (one) => pick(one) / MIB, allowance: { share: 0.1, least: 16 } };
}

function latency(name: string, pick: (measurement: Measurement) => number): WatchedSeries {
  return { name, unit: 'ms', pick: (one) => pick(one) * 1_000, allowance: { share: 0.25, least: 50 } };
}

export interface Finding {
  series: WatchedSeries;
  trend: Trend;
  verdict: Verdict;
}

/** Compiling, filling of caches and growing of heaps are over after this share of a run. */
const WARM_UP = 0.25;

/** Of fewer measurements nothing is said: in the first minutes everything grows. */
const FEWEST = 20;

/** The trend of each watched series after the warm-up. */
export function findingsOf(measurements: readonly Measurement[]): Finding[] {
  const settled = measurements.slice(Math.floor(measurements.length * WARM_UP));
  return WATCHED.map((series) => {
    const points = settled
      .map((one): [number, number] => [one.at, series.pick(one)])
      .filter(([, value]) => !Number.isNaN(value));
    const trend = trendOf(points);
    const verdict = points.length < FEWEST ? 'uncertain' : verdictOf(trend, series.allowance);
    return { series, trend, verdict };
  });
}
