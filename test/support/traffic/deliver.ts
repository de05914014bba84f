import type { Database } from '../../../platform/database/database.ts';
import { AlreadyThere } from '../../../platform/errors/classify.ts';
import { PositionMoved, processBatch } from '../../../processor/ingest/process-batch.ts';
import { readPosition } from '../../../processor/sql/read-position.ts';
import type { TopicHandler } from '../../../processor/topics/topic-handler.ts';
import type { KafkaRecord, Micros } from '../oracle/types.ts';
import type { Batch } from './records.ts';

/** Instances of the processor without Kafka: each has its own idea of where the partitions stand. */
export class Instances {
  private readonly positions = new Map<string, { epoch: number; next: number }>();
  private readonly database: Database;
  private readonly handler: TopicHandler<unknown>;
  private readonly now: Micros;
  private readonly isReplay: boolean;

  constructor(database: Database, handler: TopicHandler<unknown>, now: Micros, isReplay = false) {
    this.database = database;
    this.handler = handler;
    this.now = now;
    this.isReplay = isReplay;
  }

  /**
   * Gives a batch to an instance. One that knows the partition from earlier trusts that, finds out that another moved
   * on, and reads the position anew, as after a rebalance it did not hear of. What it takes for new has to be new, but
   * for a replay.
   */
  async deliver({ instance, partition, records }: Batch, isNewGround = true): Promise<void> {
    const key = `${instance} ${partition}`;
    const position = this.positions.get(key) ?? (await this.read(partition));
    const open = records.filter((one) => one.offset >= position.next);
    if (open.length === 0) return;
    try {
      const result = await processBatch(
        this.database,
        this.handler,
        {
          partition,
          epoch: position.epoch,
          expected: position.next,
          records: open.map(consumed),
          isNewGround,
          refused: new Map(),
        },
        this.now,
      );
      this.positions.set(key, { epoch: position.epoch, next: result.next });
    } catch (error) {
      if (error instanceof AlreadyThere && this.isReplay)
        return this.deliver({ instance, partition, records }, false);
      if (!(error instanceof PositionMoved)) throw error;
      this.positions.set(key, await this.read(partition));
      await this.deliver({ instance, partition, records });
    }
  }

  private async read(partition: number): Promise<{ epoch: number; next: number }> {
    const { epoch, nextOffset } = await readPosition(this.database, this.handler.topic, partition, 0);
    return { epoch, next: nextOffset };
  }
}

function consumed({ offset, kafkaTimestampMs, value }: KafkaRecord) {
  return { offset, timestampMs: kafkaTimestampMs, key: null, value, headers: {} };
}
