import type { LatencyRun } from './latency.ts';
import type { ThroughputRun } from './throughput.ts';

export interface BenchResult {
  native: boolean;
  events: number;
  throughput: (ThroughputRun & { yardstick: number; ratio: number })[];
  latency: LatencyRun & { rate: number };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** Nearest rank; NaN of nothing. @param q 0.99: so much of the values is at most the result */
export function percentile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

/** The result as text: medians, because one run on a shared machine means little. */
export function report({ native, events, throughput, latency }: BenchResult): string {
  const of = (pick: (run: BenchResult['throughput'][number]) => number | null) => {
    const known = throughput.map(pick).filter((value) => value !== null);
    return known.length === 0 ? 'unknown' : median(known).toFixed(1);
  };
  const yardstick = native ? 'one psql COPY session' : 'bare jsonb-array insert';
  return `
${events} records, ${native ? 'native' : 'embedded'} database, median of ${throughput.length}
  Kafka -> committed, all rules   ${of((run) => run.recordsPerSecond)} records/s
  ${yardstick.padEnd(30)}  ${of((run) => run.yardstick)} rows/s
  ratio                           ${median(throughput.map((run) => run.ratio)).toFixed(3)}
  processor                       ${of((run) => run.processorCpu)} core-s per million
  database                        ${of((run) => run.databaseCpu)} core-s per million
  largest resident memory         ${of((run) => run.residentMiB)} MiB
latency at ${latency.rate} records/s (${latency.events} records): p50 ${(latency.p50 * 1000).toFixed(0)} ms, p99 ${(latency.p99 * 1000).toFixed(0)} ms
`;
}
