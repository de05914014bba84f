import type { Admin } from 'kafkajs';
import type { Topic } from '../../platform/config/variables.ts';
import { sleep } from '../../platform/errors/backoff.ts';
import type { ProcessorContext } from '../context.ts';
import { type ListedPosition, listPositions } from '../sql/list-positions.ts';
import { reachable } from './reachable.ts';
import { recordAges } from './record-ages.ts';
import type { SilenceWatch } from './silence.ts';

const EVERY_MS = 2000;

/** Where a partition stood when its age was last asked for, and the timestamp found then. */
interface Oldest {
  next: number;
  timestampMs: number;
}

/**
 * Measures how far the database is behind Kafka, in records and in seconds, from the broker's offsets and the committed
 * positions: it goes on when the consumer does not.
 */
export class LagMonitor {
  private readonly context: ProcessorContext;
  private readonly admin: Admin;
  private readonly topics: readonly Topic[];
  private readonly silence: SilenceWatch;
  private readonly stopping = new AbortController();
  private readonly oldest = new Map<string, Oldest>();
  private positions: readonly ListedPosition[] | null = null;
  private running: Promise<void> | null = null;

  /** @param silence is told where all partitions stand */
  constructor(context: ProcessorContext, admin: Admin, topics: readonly Topic[], silence: SilenceWatch) {
    this.context = context;
    this.admin = admin;
    this.topics = topics;
    this.silence = silence;
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const { context } = this;
      // While the database is away the last positions stay, and what waits gets older.
      const read = await reachable(context, 'database', () => listPositions(context.database));
      if (read !== null) this.positions = read;
      await reachable(context, 'kafka', () => this.measure());
      await sleep(EVERY_MS, this.stopping.signal);
    }
  }

  private async measure(): Promise<void> {
    const { metrics, config } = this.context;
    for (const topic of this.topics) {
      const ends = await this.admin.fetchTopicOffsets(config.kafka.topics[topic]);
      for (const { partition, high } of ends) metrics.endOffset.set({ topic, partition }, Number(high));
      // Before the first look into the database nobody knows what is behind.
      if (this.positions === null) continue;
      const standing = ends.map(({ partition, high, low }) => {
        const position = this.positions?.find((p) => p.topic === topic && p.partition === partition);
        return { partition, next: position?.next_offset ?? Number(low), high: Number(high) };
      });
      this.noteSilence(topic, ends);
      for (const { partition, next, high } of standing)
        metrics.lag.set({ topic, partition }, Math.max(0, high - next));
      await this.measureAges(topic, standing);
    }
  }

  /** A partition with a position that the broker knows no more has nothing to say, like one that is read to its end. */
  private noteSilence(topic: Topic, ends: readonly { partition: number; high: string }[]): void {
    const positions = new Map(
      this.positions?.filter((p) => p.topic === topic).map((p) => [p.partition, p.next_offset]),
    );
    const known = new Map([...positions, ...ends.map((end) => [end.partition, Number(end.high)] as const)]);
    const standing = [...known].map(([partition, high]) => {
      return { partition, next: positions.get(partition) ?? null, high };
    });
    this.silence.note(topic, standing, performance.now());
  }

  private async measureAges(
    topic: Topic,
    standing: readonly { partition: number; next: number; high: number }[],
  ): Promise<void> {
    const now = this.context.clock.now() / 1000;
    const unknown = standing.filter(({ partition, next, high }) => {
      const known = this.oldest.get(`${topic} ${partition}`);
      return high > next && known?.next !== next;
    });
    const ages = await recordAges(unknown, now, async (timestampMs) => {
      const found = await this.admin.fetchTopicOffsetsByTimestamp(
        this.context.config.kafka.topics[topic],
        Math.max(0, Math.round(timestampMs)),
      );
      return new Map(found.map(({ partition, offset }) => [partition, Number(offset)]));
    });
    for (const { partition, next, high } of standing) {
      const key = `${topic} ${partition}`;
      const age = ages.get(partition);
      if (age !== undefined) this.oldest.set(key, { next, timestampMs: now - age * 1000 });
      const oldest = this.oldest.get(key);
      const seconds = high > next && oldest !== undefined ? Math.max(0, now - oldest.timestampMs) / 1000 : 0;
      this.context.metrics.lagSeconds.set({ topic, partition }, seconds);
    }
  }
}
