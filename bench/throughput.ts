import { databaseCpuSeconds } from './database-cpu.ts';
import { sample, startProcessorProgram } from './programs.ts';
import type { BenchDatabase } from './services.ts';

export interface ThroughputRun {
  /** Records a second, Kafka to committed, all rules on. */
  recordsPerSecond: number;
  /** CPU seconds of the processor per million records. */
  processorCpu: number;
  /** CPU seconds of the database per million records; null where it cannot be told. */
  databaseCpu: number | null;
  /** Largest resident memory of the processor seen, in MiB. */
  residentMiB: number;
}

const POLL_MS = 500;
/** Before this share of the records the processor is still joining the group and compiling. */
const WARM_UP = 0.1;

interface Mark {
  at: number;
  consumed: number;
  cpu: number;
  databaseCpu: number | null;
}

/**
 * Lets a processor consume the whole topic into a fresh database, and measures from a tenth of the records to the last.
 *
 * @param events records in the topic
 */
export async function measureThroughput(
  brokers: string,
  database: BenchDatabase,
  events: number,
  onProgress: (consumed: number) => void,
): Promise<ThroughputRun> {
  const processor = await startProcessorProgram({
    KAFKA_BROKERS: brokers,
    DATABASE_URL: database.url,
    KAFKA_GROUP_ID: `bench-${Math.trunc(performance.now())}`,
  });
  let resident = 0;
  const mark = async (): Promise<Mark> => {
    const text = await processor.scrape();
    resident = Math.max(resident, sample(text, 'process_resident_memory_bytes'));
    return {
      at: performance.now(),
      consumed: sample(text, 'holdfast_records_consumed_total', 'topic="orders"'),
      cpu: sample(text, 'process_cpu_seconds_total'),
      databaseCpu: null,
    };
  };
  try {
    let first: Mark | null = null;
    for (;;) {
      const now = await mark();
      onProgress(now.consumed);
      if (first === null && now.consumed >= events * WARM_UP) {
        first = { ...now, databaseCpu: database.native ? await databaseCpuSeconds(database.url) : null };
      }
      if (now.consumed >= events && first !== null) {
        const last = { ...now, databaseCpu: database.native ? await databaseCpuSeconds(database.url) : null };
        return between(first, last, resident);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  } finally {
    await processor.stop();
  }
}

function between(first: Mark, last: Mark, resident: number): ThroughputRun {
  const millions = (last.consumed - first.consumed) / 1e6;
  const databaseKnown = first.databaseCpu !== null && last.databaseCpu !== null;
  return {
    recordsPerSecond: (millions * 1e6) / ((last.at - first.at) / 1000),
    processorCpu: (last.cpu - first.cpu) / millions,
    databaseCpu: databaseKnown ? ((last.databaseCpu ?? 0) - (first.databaseCpu ?? 0)) / millions : null,
    residentMiB: resident / 1024 / 1024,
  };
}
