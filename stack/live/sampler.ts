import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { readHolds, readWindow } from './database-queries.ts';
import type { StackState } from './state.ts';
import { TrafficMeter } from './traffic-meter.ts';

export type SamplerSource = { readonly databaseUrl: string; readonly metricsUrl: string };

/** A task may use at most this share of the time, so that looking never slows what is looked at. */
const busyShare = 0.05;

/**
 * Keeps the live parts of `state` fresh until stopped: the processor's metrics every second, holds every two and the
 * rollups every ten, less often when they take long. What cannot be read now keeps its last value.
 */
export function startSampler(
  state: StackState,
  { databaseUrl, metricsUrl }: SamplerSource,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 1,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
    application_name: 'holdfast-live-view',
  });
  pool.on('error', () => {}); // an idle connection of a restarted database; the next query opens another
  const meter = new TrafficMeter();

  const tasks = [
    repeat(1_000, stopping.signal, async () => {
      const response = await fetch(metricsUrl, { signal: AbortSignal.timeout(2_000) });
      state.traffic = meter.read(await response.text(), performance.now());
    }),
    repeat(2_000, stopping.signal, async () => {
      state.holds = await readHolds(pool);
    }),
    repeat(10_000, stopping.signal, async () => {
      const window = await readWindow(pool);
      if (window !== undefined) state.window = window;
    }),
  ];
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(tasks);
      await pool.end();
    },
  };
}

async function repeat(everyMs: number, signal: AbortSignal, task: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    const startedAt = performance.now();
    await task().catch(() => {});
    const took = performance.now() - startedAt;
    await sleep(Math.max(everyMs - took, took / busyShare), undefined, { signal }).catch(() => {});
  }
}
