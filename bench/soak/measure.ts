import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../chaos/stage/stage.ts';
import { type Bucket, buckets, quantile } from '../latency.ts';
import { sample } from '../programs.ts';

/** Everything that is watched, at one moment. */
export interface Measurement {
  /** Seconds since the load began. */
  at: number;
  processorRss: number;
  processorHeap: number;
  alertbotRss: number;
  alertbotHeap: number;
  /** Seconds from the timestamp of a record to its commit, of those since the measurement before. NaN: there were none. */
  latencyP50: number;
  latencyP99: number;
  /** Records not read yet. */
  lag: number;
  /** Bytes. */
  database: number;
  /** Records read since the processor began. */
  consumed: number;
}

const HISTOGRAM = 'holdfast_end_to_end_latency_seconds';

/** Measures at even intervals until the signal fires; a moment at which somebody does not answer is left out. */
export async function measureUntil(
  stage: Stage,
  everyMs: number,
  signal: AbortSignal,
  each: (measurement: Measurement) => void,
): Promise<void> {
  const began = performance.now();
  let before: Bucket[] = [];
  while (!signal.aborted) {
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      const processor = await scrape(stage.processor.url);
      const alertbot = await scrape(stage.alertbot.url);
      const now = buckets(processor, HISTOGRAM);
      const since = now.map(({ le, count }, i) => ({ le, count: count - (before[i]?.count ?? 0) }));
      before = now;
      each({
        at: (performance.now() - began) / 1_000,
        ...memoryOf(processor, alertbot),
        latencyP50: quantileOf(since, 0.5),
        latencyP99: quantileOf(since, 0.99),
        lag: sample(processor, 'holdfast_consumer_lag'),
        database: await databaseBytes(stage),
        consumed: sample(processor, 'holdfast_records_consumed_total'),
      });
    } catch {
      // A scrape that fails is a gap in the picture; a program that ended is seen by its supervisor.
    }
  }
}

function quantileOf(cumulative: readonly Bucket[], q: number): number {
  return (cumulative.at(-1)?.count ?? 0) === 0 ? Number.NaN : quantile(cumulative, q);
}

function memoryOf(processor: string, alertbot: string) {
  return {
    processorRss: sample(processor, 'process_resident_memory_bytes'),
    processorHeap: sample(processor, 'nodejs_heap_size_used_bytes'),
    alertbotRss: sample(alertbot, 'process_resident_memory_bytes'),
    alertbotHeap: sample(alertbot, 'nodejs_heap_size_used_bytes'),
  };
}

async function scrape(url: string): Promise<string> {
  const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(5_000) });
  return response.text();
}

async function databaseBytes({ database }: Stage): Promise<number> {
  const { rows } = await database.query<{ bytes: number }>(
    'SELECT pg_database_size(current_database()) AS bytes',
  );
  return rows[0]?.bytes ?? Number.NaN;
}
