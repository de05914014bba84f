import { loadConfig } from '../platform/config/load.ts';
import { createKafka } from '../platform/kafka/client.ts';
import { ensureTopics } from '../platform/kafka/topics.ts';
import { createLogger } from '../platform/logger/logger.ts';
import { databaseCpuSeconds } from './database-cpu.ts';
import { sample, simulatePlatform, startProcessorProgram } from './programs.ts';
import { median } from './report.ts';
import { freshBenchDatabase } from './services.ts';

export interface DetectorsOptions {
  brokers: string;
  /** Days of a platform's traffic that are read. */
  days: number;
  /** Of the platform, as the simulator names it. */
  size: string;
  /** Each of them once with and once without detectors. */
  runs: number;
  say: (line: string) => void;
}

/** One reading of all topics into a fresh database. */
export interface DetectorsRun {
  /** Records a second, Kafka to committed. */
  recordsPerSecond: number;
  /** CPU seconds per million records until event time has arrived at the end, too. */
  processorCpu: number;
  databaseCpu: number | null;
  /** Seconds from the last record committed until what follows event time has arrived. */
  behindSeconds: number;
  series: number;
  evaluations: number;
  residentMiB: number;
}

export interface DetectorsResult {
  days: number;
  size: string;
  records: number;
  on: DetectorsRun[];
  off: DetectorsRun[];
}

const TOPICS = ['orders', 'payments', 'deliveries', 'riders', 'restaurants', 'reviews'] as const;
const DAY_MS = 24 * 3600 * 1000;
const POLL_MS = 500;
/** Before this share of the records the processor is still joining the group and compiling. */
const WARM_UP = 0.1;
/** The last steps are judged when later records come, and none do. */
const OPEN_END_SECONDS = 20 * 60;

/** How much the detectors take from ingest: the same traffic of a platform read with them and without, by turns. */
export async function measureDetectors(options: DetectorsOptions): Promise<DetectorsResult> {
  const { brokers, days, size, runs, say } = options;
  const until = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const records = await fill(options, new Date(until - days * DAY_MS));
  say(`${records} records of ${days} days`);
  const result: DetectorsResult = { days, size, records, on: [], off: [] };
  for (let run = 1; run <= runs; run += 1) {
    for (const kind of ['off', 'on'] as const) {
      const measured = await readAll(brokers, kind, records, until / 1000);
      result[kind].push(measured);
      say(`run ${run}, detectors ${kind}: ${measured.recordsPerSecond.toFixed(0)} records/s`);
    }
  }
  return result;
}

async function fill({ brokers, days, size }: DetectorsOptions, from: Date): Promise<number> {
  const database = await freshBenchDatabase();
  try {
    const settings = { KAFKA_BROKERS: brokers, KAFKA_TOPIC_PREFIX: '', DATABASE_URL: database.url };
    const config = loadConfig(settings);
    const logger = createLogger({ program: 'bench', level: 'error' });
    const admin = createKafka(config.kafka, 'holdfast-bench', logger).admin();
    await admin.connect();
    try {
      await ensureTopics(admin, config.kafka, [...TOPICS, 'inventory', 'holds', 'actions', 'anomalies']);
      await simulatePlatform(
        [
          '--size',
          size,
          '--days',
          String(days),
          '--start',
          from.toISOString(),
          '--duration',
          '0',
          '--seed',
          '7',
        ],
        settings,
      );
      let records = 0;
      for (const topic of TOPICS)
        for (const { high } of await admin.fetchTopicOffsets(config.kafka.topics[topic]))
          records += Number(high);
      return records;
    } finally {
      await admin.disconnect();
    }
  } finally {
    await database.drop();
  }
}

interface Mark {
  at: number;
  cpu: number;
  databaseCpu: number | null;
  consumed: number;
}

async function readAll(
  brokers: string,
  detectors: 'on' | 'off',
  records: number,
  until: number,
): Promise<DetectorsRun> {
  const database = await freshBenchDatabase();
  const processor = await startProcessorProgram({
    KAFKA_BROKERS: brokers,
    DATABASE_URL: database.url,
    KAFKA_GROUP_ID: `bench-${Math.trunc(performance.now())}`,
    HOLDFAST_PLATFORM_INTELLIGENCE: detectors,
  });
  const mark = async (text: string): Promise<Mark> => ({
    at: performance.now(),
    cpu: sample(text, 'process_cpu_seconds_total'),
    databaseCpu: database.native ? await databaseCpuSeconds(database.url) : null,
    consumed: consumedOf(text),
  });
  try {
    let warm: Mark | null = null;
    let committed: Mark | null = null;
    let resident = 0;
    for (;;) {
      const text = await processor.scrape();
      resident = Math.max(resident, sample(text, 'process_resident_memory_bytes'));
      const consumed = consumedOf(text);
      if (warm === null && consumed >= records * WARM_UP) warm = await mark(text);
      if (committed === null && consumed >= records) committed = await mark(text);
      const followed = sample(
        text,
        detectors === 'on' ? 'holdfast_detection_event_time_seconds' : 'holdfast_event_time_seconds',
      );
      if (warm !== null && committed !== null && followed >= until - OPEN_END_SECONDS)
        return between(warm, committed, await mark(text), {
          series: sample(text, 'holdfast_series_watched'),
          evaluations: sample(text, 'holdfast_detector_evaluations_total'),
          residentMiB: resident / 1024 / 1024,
        });
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  } finally {
    await processor.stop();
    await database.drop();
  }
}

function consumedOf(text: string): number {
  return TOPICS.reduce(
    (sum, topic) => sum + sample(text, 'holdfast_records_consumed_total', `topic="${topic}"`),
    0,
  );
}

function between(
  warm: Mark,
  committed: Mark,
  followed: Mark,
  counts: Pick<DetectorsRun, 'series' | 'evaluations' | 'residentMiB'>,
): DetectorsRun {
  const millions = (committed.consumed - warm.consumed) / 1e6;
  const databaseCpu = warm.databaseCpu === null ? null : (followed.databaseCpu ?? 0) - warm.databaseCpu;
  return {
    recordsPerSecond: (millions * 1e6) / ((committed.at - warm.at) / 1000),
    processorCpu: (followed.cpu - warm.cpu) / millions,
    databaseCpu: databaseCpu === null ? null : databaseCpu / millions,
    behindSeconds: (followed.at - committed.at) / 1000,
    ...counts,
  };
}

/** The result as text: medians, and what is left of the speed with the detectors on. */
export function detectorsReport({ days, size, records, on, off }: DetectorsResult): string {
  const of = (runs: readonly DetectorsRun[], pick: (run: DetectorsRun) => number | null) => {
    const known = runs.map(pick).filter((value) => value !== null);
    return known.length === 0 ? Number.NaN : median(known);
  };
  const line = (name: string, digits: number, pick: (run: DetectorsRun) => number | null) => {
    const [without, along] = [of(off, pick), of(on, pick)];
    const cell = (value: number) => (Number.isNaN(value) ? 'unknown' : value.toFixed(digits)).padStart(12);
    return `  ${name.padEnd(40)}${cell(without)}${cell(along)}${cell(along / without)}`;
  };
  return `
${records} records of ${days} days of a platform (${size}), ${of(on, (run) => run.series)} series, ${of(on, (run) => run.evaluations)} points judged; median of ${on.length}
  ${''.padEnd(40)}${'off'.padStart(12)}${'on'.padStart(12)}${'on / off'.padStart(12)}
${line('records/s, Kafka -> committed', 2, (run) => run.recordsPerSecond)}
${line('processor, core-s per million', 2, (run) => run.processorCpu)}
${line('database, core-s per million', 2, (run) => run.databaseCpu)}
${line('event time at the end after, s', 2, (run) => run.behindSeconds)}
${line('largest resident memory, MiB', 2, (run) => run.residentMiB)}
`;
}
