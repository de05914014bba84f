import type { Database } from '../../platform/database/database.ts';
import type { TopicHandler } from '../../processor/topics/topic-handler.ts';
import { MIDNIGHT, recordOf } from './oracle/example.ts';
import type { KafkaRecord, Micros } from './oracle/types.ts';
import { Instances } from './traffic/deliver.ts';

/**
 * One partition of topic `orders` that messages are appended to and processed from, by the machine's clock: rollups and
 * policies look at it as well.
 */
export class LiveOrders {
  /** All that was ever appended. */
  readonly records: KafkaRecord[] = [];
  readonly now: Micros = Date.now() * 1000;
  private readonly database: Database;
  private readonly handler: TopicHandler<unknown>;
  private readonly partition: number;

  constructor(database: Database, handler: TopicHandler<unknown>, partition = 0) {
    this.database = database;
    this.handler = handler;
    this.partition = partition;
  }

  /** Microseconds after the midnight that example messages count from. */
  at(time: Micros): Micros {
    return time - MIDNIGHT;
  }

  /** Appends messages, as they came to Kafka `delayMs` after they occurred, and processes them as one batch. */
  async send(messages: readonly (Record<string, unknown> | Buffer)[], delayMs = 0): Promise<void> {
    const start = this.records.length;
    const records = messages.map((message, i) => ({
      ...recordOf(message, start + i, delayMs),
      partition: this.partition,
      topic: 'orders',
    }));
    this.records.push(...records);
    await this.deliver(records);
  }

  /** The same records again, from offset 0. */
  async replay(): Promise<void> {
    await this.database.query('UPDATE consumer_offsets SET next_offset = 0 WHERE partition = $1', [
      this.partition,
    ]);
    await this.deliver(this.records, true);
  }

  private async deliver(records: KafkaRecord[], isReplay = false): Promise<void> {
    await new Instances(this.database, this.handler, this.now, isReplay).deliver({
      instance: 0,
      partition: this.partition,
      records,
    });
  }
}
