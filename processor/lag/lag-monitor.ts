import type { Admin } from 'kafkajs';
import type { Topic } from '../../platform/config/variables.ts';
import { sleep } from '../../platform/errors/backoff.ts';
import type { ProcessorContext } from '../context.ts';
import { type ListedPosition, listPositions } from '../sql/list-positions.ts';
import { reachable } from './reachable.ts';

const EVERY_MS = 2000;

/**
 * Measures how far the database is behind Kafka, from the broker's end offsets and the committed positions: it goes on
 * when the consumer does not.
 */
export class LagMonitor {
  private readonly context: ProcessorContext;
  private readonly admin: Admin;
  private readonly topics: readonly Topic[];
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(context: ProcessorContext, admin: Admin, topics: readonly Topic[]) {
    this.context = context;
    this.admin = admin;
    this.topics = topics;
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
      const positions = await reachable(context, 'database', () => listPositions(context.database));
      await reachable(context, 'kafka', () => this.measure(positions ?? []));
      await sleep(EVERY_MS, this.stopping.signal);
    }
  }

  private async measure(positions: readonly ListedPosition[]): Promise<void> {
    for (const topic of this.topics) {
      const ends = await this.admin.fetchTopicOffsets(this.context.config.kafka.topics[topic]);
      for (const { partition, high, low } of ends) {
        const position = positions.find((p) => p.topic === topic && p.partition === partition);
        const next = position?.next_offset ?? Number(low);
        this.context.metrics.lag.set({ topic, partition }, Math.max(0, Number(high) - next));
      }
    }
  }
}
