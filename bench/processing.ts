import { fillOrders } from './fill-topics.ts';
import { measureLatency } from './latency.ts';
import type { BenchResult } from './report.ts';
import { freshBenchDatabase } from './services.ts';
import { measureThroughput } from './throughput.ts';
import { measureYardstick } from './yardstick.ts';

export interface ProcessingOptions {
  brokers: string;
  native: boolean;
  /** Records in the topic. */
  events: number;
  /** The whole topic so many times, each into a database of its own. */
  runs: number;
  /** Records a second while the latency is measured, and for how long. */
  rate: number;
  seconds: number;
  say: (line: string) => void;
}

/** Throughput against the barest insert, and latency at a steady rate. */
export async function measureProcessing(options: ProcessingOptions): Promise<BenchResult> {
  const { brokers, native, events, runs, rate, seconds, say } = options;
  await fillOrders(options);
  const throughput: BenchResult['throughput'] = [];
  for (let run = 1; run <= runs; run += 1) throughput.push(await throughputRun(options, run));
  say(`latency at ${rate} records/s`);
  const database = await freshBenchDatabase();
  try {
    const latency = await measureLatency(brokers, database, rate, seconds);
    return { native, events, throughput, latency: { ...latency, rate } };
  } finally {
    await database.drop();
  }
}

async function throughputRun(
  { brokers, events, say }: ProcessingOptions,
  run: number,
): Promise<BenchResult['throughput'][number]> {
  const database = await freshBenchDatabase();
  try {
    let shown = -1;
    const onProgress = (consumed: number) => {
      const percent = Math.floor((consumed / events) * 10) * 10;
      if (percent > shown) say(`run ${run}: ${percent} %`);
      shown = Math.max(shown, percent);
    };
    const measured = await measureThroughput({ brokers, database, events, onProgress });
    const yardstick = await measureYardstick(database);
    say(
      `run ${run}: ${measured.recordsPerSecond.toFixed(0)} records/s, yardstick ${yardstick.toFixed(0)} rows/s`,
    );
    return { ...measured, yardstick, ratio: measured.recordsPerSecond / yardstick };
  } finally {
    await database.drop();
  }
}
