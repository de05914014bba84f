import { Registry } from 'prom-client';
import { systemClock } from '../../../platform/clock/clock.ts';
import { loadConfig } from '../../../platform/config/load.ts';
import type { Topic } from '../../../platform/config/variables.ts';
import type { Database } from '../../../platform/database/database.ts';
import { isDetectionBehind } from '../../../processor/detection/sql/is-detection-behind.ts';
import { ProcessorHealth } from '../../../processor/health.ts';
import type { KafkaRecord } from '../../../processor/ingest/kafka-record.ts';
import { createProcessorMetrics } from '../../../processor/metrics.ts';
import type { Follower } from '../../../processor/sequence/follower.ts';
import { Sequencer } from '../../../processor/sequence/sequencer.ts';
import type { WatchedPartition } from '../../../processor/sequence/watched-partition.ts';
import { readPosition } from '../../../processor/sql/read-position.ts';
import { topicHandlers } from '../../../processor/topics/handlers.ts';
import type { TopicHandler } from '../../../processor/topics/topic-handler.ts';
import { driveBatch } from '../drive-batches.ts';
import type { Micros } from '../oracle/types.ts';
import { silentLogger } from '../orders-processor.ts';
import { RecordingFollower } from './recording-follower.ts';

export interface Partition {
  topic: Topic;
  partition: number;
}

/** Topics and instances of the sequencer on a database, without Kafka: every interleaving is the test's to choose. */
export class SequenceStage {
  readonly metrics = createProcessorMetrics(new Registry());
  private readonly database: Database;
  private readonly partitions: readonly Partition[];
  private readonly handlers: readonly TopicHandler<unknown>[];
  private readonly now: Micros;
  /** Some most milestones of a transaction. */
  sliceSize = 2000;
  private readonly sequencers = new Map<string, Sequencer>();
  private readonly idle = new Map<string, number>();

  constructor(
    database: Database,
    partitions: readonly Partition[],
    now: Micros,
    settings: Readonly<Record<string, string>> = {},
  ) {
    this.database = database;
    this.partitions = partitions;
    this.handlers = topicHandlers(loadConfig(settings));
    this.now = now;
  }

  /** Begins all partitions, as the consumer does when they are assigned. */
  async begin(): Promise<void> {
    for (const { topic, partition } of this.partitions)
      await readPosition(this.database, topic, partition, 0);
  }

  /** Processes consecutive records of a partition. */
  async deliver({ topic, partition }: Partition, records: readonly KafkaRecord[], database = this.database) {
    const handler = this.handlers.find((one) => one.topic === topic)!;
    this.idle.delete(`${topic} ${partition}`);
    return driveBatch(database, handler, partition, records, this.now);
  }

  /** From now on the partition is silent, until something is delivered. */
  async silence({ topic, partition }: Partition): Promise<void> {
    const { nextOffset } = await readPosition(this.database, topic, partition, 0);
    this.idle.set(`${topic} ${partition}`, nextOffset);
  }

  /** As {@link silence}, from an offset, whatever is under way. */
  takeForSilent({ topic, partition }: Partition, next: number): void {
    this.idle.set(`${topic} ${partition}`, next);
  }

  watched(): WatchedPartition[] {
    return this.partitions.map(({ topic, partition }) => ({
      topic,
      partition,
      idleAt: this.idle.get(`${topic} ${partition}`) ?? null,
    }));
  }

  sequencer(
    instance = 'one',
    database = this.database,
    createFollowers: () => Follower[] = () => [new RecordingFollower()],
  ): Sequencer {
    const known = this.sequencers.get(instance);
    if (known !== undefined) return known;
    const { metrics } = this;
    const health = new ProcessorHealth();
    const context = { database, logger: silentLogger, metrics, health, clock: systemClock };
    const { sliceSize } = this;
    const partitions = () => this.watched();
    const parts = { instance, createFollowers, partitions, sliceSize, isBehind: isDetectionBehind };
    const sequencer = new Sequencer(context, parts);
    this.sequencers.set(instance, sequencer);
    return sequencer;
  }

  /** Follows until there is nothing more at once. */
  async follow(instance?: string): Promise<void> {
    while (await this.sequencer(instance).step());
  }

  /** The instance dies: what it remembers is gone, and its lease is over. */
  async kill(instance = 'one'): Promise<void> {
    this.sequencers.delete(instance);
    await this.endLease();
  }

  /** Whoever follows has been still for too long: any instance may go on, also that one. */
  async endLease(): Promise<void> {
    await this.database.query(`UPDATE sequence_state SET leased_until = '-infinity'`);
  }
}
