import { fillOrders } from './fill-topics.ts';
import { median } from './report.ts';
import { freshBenchDatabase } from './services.ts';
import { measureThroughput, type ThroughputRun } from './throughput.ts';

export interface SpreadOptions {
  brokers: string;
  /** Records in the topic. */
  events: number;
  /** Partitions, or processors, of each measurement. The first is what the others are compared with. */
  counts: readonly number[];
  /** Rounds over all counts. */
  runs: number;
  say: (line: string) => void;
}

export interface SpreadResult {
  of: 'partitions' | 'instances';
  events: number;
  /** Of a core, for each processor. */
  share: number;
  counts: { count: number; runs: ThroughputRun[] }[];
}

/** How fast one processor consumes the same records from topics of so many partitions. */
export async function measurePartitions(options: SpreadOptions): Promise<SpreadResult> {
  const { events } = options;
  const topicsOf = (count: number) => ({
    KAFKA_TOPIC_PREFIX: `partitions-${count}-`,
    HOLDFAST_PARTITIONS: String(count),
  });
  for (const count of options.counts) await fillOrders(options, topicsOf(count));
  const counts = await rounds(options, (count) => ({ settings: topicsOf(count) }));
  return { of: 'partitions', events, share: 1, counts };
}

/**
 * How fast so many processors consume the same topic, each with its share of a core: the others' work, the broker's and
 * the database's has to have room beside them.
 */
export async function measureInstances(options: SpreadOptions & { share: number }): Promise<SpreadResult> {
  const { events, share } = options;
  await fillOrders(options);
  const counts = await rounds(options, (instances) => ({ instances, share }));
  return { of: 'instances', events, share, counts };
}

/** By turns, so that what changes on the machine meanwhile meets all of them. */
async function rounds(
  { brokers, events, counts, runs, say }: SpreadOptions,
  variantOf: (count: number) => { settings?: Record<string, string>; instances?: number; share?: number },
): Promise<SpreadResult['counts']> {
  const measured = counts.map((count) => ({ count, runs: [] as ThroughputRun[] }));
  for (let round = 1; round <= runs; round += 1) {
    for (const one of measured) {
      const database = await freshBenchDatabase();
      try {
        const run = await measureThroughput({ brokers, database, events, ...variantOf(one.count) });
        one.runs.push(run);
        say(`round ${round}, ${one.count}: ${run.recordsPerSecond.toFixed(0)} records/s`);
      } finally {
        await database.drop();
      }
    }
  }
  return measured;
}

/** The result as text. */
export function spreadReport({ of, events, share, counts }: SpreadResult): string {
  const speed = (runs: readonly ThroughputRun[]) => median(runs.map((run) => run.recordsPerSecond));
  const first = speed(counts[0]?.runs ?? []);
  const lines = counts.map(({ count, runs }) => {
    const cpu = (pick: (run: ThroughputRun) => number | null) =>
      median(runs.map((run) => pick(run) ?? Number.NaN))
        .toFixed(1)
        .padStart(10);
    const figures = `${speed(runs).toFixed(0).padStart(10)} ${(speed(runs) / first).toFixed(2).padStart(6)}`;
    return `${String(count).padStart(12)} ${figures} ${cpu((run) => run.processorCpu)} ${cpu((run) => run.databaseCpu)}`;
  });
  const room = share < 1 ? `, each processor with ${(share * 100).toFixed(0)} % of a core` : '';
  return `
${events} records${room}, median of ${counts[0]?.runs.length ?? 0}; processor and database in core-s per million
${of.padStart(12)}  records/s  ratio  processor   database
${lines.join('\n')}
`;
}
