import { databaseCpuSeconds } from './database-cpu.ts';
import { holdToShare } from './hold-to-share.ts';
import { type RunningProgram, sample, startProcessorProgram } from './programs.ts';
import type { BenchDatabase } from './services.ts';

export interface ThroughputRun {
  /** Records a second, Kafka to committed, all rules on. */
  recordsPerSecond: number;
  /** CPU seconds of the processors per million records. */
  processorCpu: number;
  /** CPU seconds of the database per million records; null where it cannot be told. */
  databaseCpu: number | null;
  /** Largest resident memory of a processor seen, in MiB. */
  residentMiB: number;
}

export interface Backlog {
  brokers: string;
  /** Fresh: what is in it counts as work done. */
  database: BenchDatabase;
  /** Records in the topic. */
  events: number;
  /** Of the topics that are not the usual ones. */
  settings?: Readonly<Record<string, string>>;
  /** Processors that share the partitions; 1 by default. */
  instances?: number;
  /** Of a core, that each of them may use; 1, no limit, by default. */
  share?: number;
  onProgress?: (consumed: number) => void;
}

const POLL_MS = 500;
/** Before this share of the records the processor is still joining the group and compiling. */
const WARM_UP = 0.1;

interface Mark {
  at: number;
  /** By each processor. */
  consumed: number[];
  cpu: number;
  databaseCpu: number | null;
}

/**
 * Lets processors consume the whole topic into a fresh database, and measures from a tenth of the records, once all of
 * them have some, to the last.
 */
export async function measureThroughput(backlog: Backlog): Promise<ThroughputRun> {
  const { brokers, database, events, settings = {}, instances = 1, share = 1, onProgress } = backlog;
  const group = `bench-${Math.trunc(performance.now())}`;
  const processors: RunningProgram[] = [];
  const holds: (() => void)[] = [];
  let resident = 0;
  const mark = async (): Promise<Mark> => {
    const texts = await Promise.all(processors.map((processor) => processor.scrape()));
    const each = (name: string, label = '') => texts.map((text) => sample(text, name, label));
    resident = Math.max(resident, ...each('process_resident_memory_bytes'));
    return {
      at: performance.now(),
      consumed: each('holdfast_records_consumed_total', 'topic="orders"'),
      cpu: sum(each('process_cpu_seconds_total')),
      databaseCpu: null,
    };
  };
  const withDatabase = async (one: Mark): Promise<Mark> => ({
    ...one,
    databaseCpu: database.native ? await databaseCpuSeconds(database.url) : null,
  });
  try {
    const common = { ...settings, KAFKA_BROKERS: brokers, DATABASE_URL: database.url, KAFKA_GROUP_ID: group };
    while (processors.length < instances) {
      const processor = await startProcessorProgram(common);
      processors.push(processor);
      if (share < 1) holds.push(holdToShare(processor.pid, share));
    }
    for (let first: Mark | null = null; ; await new Promise((resolve) => setTimeout(resolve, POLL_MS))) {
      const now = await mark();
      const consumed = sum(now.consumed);
      onProgress?.(consumed);
      if (first === null && consumed >= events * WARM_UP && Math.min(...now.consumed) > 0)
        first = await withDatabase(now);
      if (consumed < events) continue;
      if (first === null || consumed === sum(first.consumed)) throw new Error(TOO_FEW);
      return between(first, await withDatabase(now), resident);
    }
  } finally {
    for (const release of holds) release();
    await Promise.all(processors.map((processor) => processor.stop()));
  }
}

const TOO_FEW = 'all records were consumed before every processor had joined the group: take more --events';

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function between(first: Mark, last: Mark, resident: number): ThroughputRun {
  const millions = (sum(last.consumed) - sum(first.consumed)) / 1e6;
  const databaseKnown = first.databaseCpu !== null && last.databaseCpu !== null;
  return {
    recordsPerSecond: (millions * 1e6) / ((last.at - first.at) / 1000),
    processorCpu: (last.cpu - first.cpu) / millions,
    databaseCpu: databaseKnown ? ((last.databaseCpu ?? 0) - (first.databaseCpu ?? 0)) / millions : null,
    residentMiB: resident / 1024 / 1024,
  };
}
