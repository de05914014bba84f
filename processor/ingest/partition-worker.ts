import type { Admin, Batch, EachBatchPayload } from 'kafkajs';
import { positionAlert } from '../../domain/alerts/alert.ts';
import { checkPosition, type PositionDoubt } from '../../domain/records/position-check.ts';
import type { Logger } from '../../platform/logger/logger.ts';
import type { ProcessorContext } from '../context.ts';
import { raiseAlert } from '../sql/raise-alert.ts';
import type { TopicHandler } from '../topics/topic-handler.ts';
import { findPosition, watermarks } from './find-position.ts';
import { type KafkaRecord, readMessage } from './kafka-record.ts';
import type { Position, Positions } from './positions.ts';
import { PositionMoved } from './process-batch.ts';
import { processPersistently } from './process-persistently.ts';
import { slices } from './slices.ts';

/** What the worker may do to the consumer it serves. */
export interface ConsumerControl {
  seek(topicName: string, partition: number, offset: number): void;
  pause(topicName: string, partition: number): void;
  resume(topicName: string, partition: number): void;
}

/** What kafkajs 2.2.4 says of a batch beside its types: the offset it asked the broker for. */
type BatchWithOrigin = Batch & { readonly fetchedOffset: string };

/** What kafkajs handed over, and when. */
export interface FetchedBatch {
  payload: EachBatchPayload;
  /** Of the group, at that time; what belongs to another one by now is nobody's business here. */
  generation: number;
  /** In ms of `performance.now()`. */
  at: number;
  /**
   * The fetch goes on behind the batch already: when something stops the batch before its end, the next ones begin
   * behind the position, and are turned away.
   */
  isAhead: boolean;
}

const KAFKA_COMMIT_EVERY_MS = 5000;
/** Nobody deletes a topic, makes it anew and fills it in less. */
const QUIET_MS = 500;

/**
 * Takes the fetched batches of one topic's partitions through the walk.
 *
 * The database decides where a partition stands. kafkajs' own idea of it is corrected by a seek whenever this instance
 * has none for the present generation; a batch fetched before that is dropped, unresolved.
 */
export class PartitionWorker {
  private readonly context: ProcessorContext;
  private readonly handler: TopicHandler<unknown>;
  private readonly topicName: string;
  private readonly admin: Admin;
  private readonly positions: Positions;
  private readonly control: ConsumerControl;
  private readonly logger: Logger;
  private readonly lastKafkaCommit = new Map<number, number>();

  constructor(
    context: ProcessorContext,
    handler: TopicHandler<unknown>,
    admin: Admin,
    positions: Positions,
    control: ConsumerControl,
  ) {
    this.context = context;
    this.handler = handler;
    this.topicName = context.config.kafka.topics[handler.topic];
    this.admin = admin;
    this.positions = positions;
    this.control = control;
    this.logger = context.logger.child({ topic: handler.topic });
  }

  /**
   * Puts the consumer where the database says the partition is, or stops the partition when that cannot be.
   *
   * @throws when database or broker are away
   */
  async assume(partition: number, generation: number): Promise<void> {
    if (this.positions.get(this.handler.topic, partition) !== undefined) return;
    const { database } = this.context;
    const search = await findPosition(database, this.admin, this.handler.topic, this.topicName, partition);
    if (generation !== this.positions.generation) return;
    if (this.positions.get(this.handler.topic, partition) !== undefined) return;
    if (search.kind === 'doubt') {
      await this.stopPartition(partition, search.epoch, search.doubt);
      return;
    }
    const wasStopped = this.positions.isStopped(this.handler.topic, partition);
    this.positions.resume(this.handler.topic, partition);
    this.context.metrics.partitionsStopped.set({ topic: this.handler.topic, partition }, 0);
    this.positions.set(this.handler.topic, partition, search.found.position);
    this.control.seek(this.topicName, partition, search.found.seekTo);
    // kafkajs keeps a pause across rebalances, also while another instance has the partition and puts it right.
    this.control.resume(this.topicName, partition);
    this.logger.info({ partition, offset: search.found.position.next, wasStopped }, 'partition taken up');
  }

  /**
   * Takes what kafkajs fetched of one partition through the walk.
   *
   * @returns false when the batch is to come again, or what is before it: whether it can be written is not known yet
   */
  async onBatch(fetched: FetchedBatch): Promise<boolean> {
    const { payload, generation, isAhead } = fetched;
    try {
      return await this.walk(fetched);
    } catch (error) {
      if (isAhead && generation === this.positions.generation)
        this.positions.forget(this.handler.topic, payload.batch.partition);
      throw error;
    }
  }

  private async walk(fetched: FetchedBatch): Promise<boolean> {
    const { payload, generation, isAhead } = fetched;
    const { batch } = payload;
    const { partition } = batch;
    if (this.positions.isStopped(this.handler.topic, partition)) {
      this.control.pause(this.topicName, partition);
      return true;
    }
    const position = this.positions.get(this.handler.topic, partition);
    if (position === undefined) {
      await this.assume(partition, generation);
      return false;
    }
    const records = batch.messages.map(readMessage);
    if (!this.followsOn(payload, position, records) || this.looksBack(fetched, position, records))
      return false;
    if (!(await this.isContinuation(partition, position, records, generation))) return true;
    const fresh = records.filter((record) => record.offset >= position.next);
    const isDone = await this.processInSlices(payload, position, fresh, generation, isAhead);
    if (!isDone || !payload.isRunning() || payload.isStale()) return false;
    position.passed = Number(batch.lastOffset()) + 1;
    position.seenAt = performance.now();
    if (!isAhead) payload.resolveOffset(batch.lastOffset());
    this.commitToKafka(payload, position.next);
    return true;
  }

  /**
   * Whether the batch was fetched from where the one before ended. When it was not, what is between is asked for, once:
   * kafkajs passes over control records and compacted ones without a word.
   */
  private followsOn(payload: EachBatchPayload, position: Position, records: readonly KafkaRecord[]): boolean {
    const from = Number((payload.batch as BatchWithOrigin).fetchedOffset);
    if (from <= Math.max(position.next, position.passed)) return true;
    const { next, askedAgain } = position;
    // What was fetched before that question begins further behind: it is no answer.
    if (askedAgain?.next === next && from <= askedAgain.upTo) return true;
    if (payload.isStale()) return false;
    position.askedAgain = { next, upTo: records[0]?.offset ?? from };
    this.control.seek(this.topicName, payload.batch.partition, next);
    return false;
  }

  /**
   * Asks for the record before the position, too, when nothing came for a while: meanwhile the topic may have been
   * re-created with as many records, and then only that record tells. Once: it may be there no more.
   */
  private looksBack(
    { payload, at }: FetchedBatch,
    position: Position,
    records: readonly KafkaRecord[],
  ): boolean {
    const { next, verify, seenAt, lookedBack } = position;
    const first = records[0];
    if (first === undefined || first.offset < next || verify === null) return false;
    if (lookedBack === next || at - seenAt < QUIET_MS) return false;
    if (payload.isStale()) return true;
    position.lookedBack = next;
    this.control.seek(this.topicName, payload.batch.partition, next - 1);
    return true;
  }

  /**
   * @returns false when it stopped before the end. What was left must not be resolved then: after a rebalance the next
   *   fetch would start behind it, and the records between would be taken for a gap.
   */
  private async processInSlices(
    payload: EachBatchPayload,
    position: Position,
    records: readonly KafkaRecord[],
    generation: number,
    isAhead: boolean,
  ): Promise<boolean> {
    const { partition } = payload.batch;
    const most = Math.min(
      this.context.config.batchSize,
      this.handler.mostRecords ?? Number.POSITIVE_INFINITY,
    );
    for (const slice of slices(records, most)) {
      if (!payload.isRunning() || payload.isStale()) return false;
      try {
        await processPersistently(this.context, this.handler, partition, position, slice, payload);
      } catch (error) {
        if (generation === this.positions.generation) this.positions.forget(this.handler.topic, partition);
        if (!(error instanceof PositionMoved)) throw error;
        this.context.metrics.retries.inc({ cause: 'moved' });
        this.logger.info({ partition }, 'another instance moved this partition: reading its position again');
        await this.assume(partition, generation);
        return false;
      }
      const last = slice.at(-1);
      if (last === undefined) continue;
      position.verify = last.timestampMs;
      if (!isAhead) payload.resolveOffset(String(last.offset));
    }
    return true;
  }

  /**
   * Whether the fetched records go on where the position is. A gap is fine when compaction or control records made it,
   * not when retention or a re-created topic did; and the record before the position must be the one we processed. It is
   * seen when a partition is taken up, and when kafkajs starts over because its offset was out of range.
   */
  private async isContinuation(
    partition: number,
    position: Position,
    records: readonly KafkaRecord[],
    generation: number,
  ): Promise<boolean> {
    const first = records[0];
    if (first === undefined) return true;
    const before = records.find((record) => record.offset === position.next - 1);
    if (position.verify !== null && before !== undefined && before.timestampMs !== position.verify) {
      const { low } = await watermarks(this.admin, this.topicName, partition);
      const doubt = { problem: 'RECREATED', from: low, to: position.next } as const;
      if (generation === this.positions.generation)
        await this.stopPartition(partition, position.epoch, doubt);
      return false;
    }
    if (first.offset >= position.next - 1 && first.offset <= position.next) return true;
    const { low, high } = await watermarks(this.admin, this.topicName, partition);
    const doubt = checkPosition(position.next, low, high);
    if (doubt === null) return true;
    if (generation === this.positions.generation) await this.stopPartition(partition, position.epoch, doubt);
    return false;
  }

  private async stopPartition(partition: number, epoch: number, doubt: PositionDoubt): Promise<void> {
    const { topic } = this.handler;
    const alert = positionAlert({ topic, epoch, partition }, doubt.problem, doubt, this.context.clock.now());
    if (!this.positions.isStopped(topic, partition))
      this.logger.error({ partition, ...doubt }, alert.subject);
    this.positions.stop(topic, partition, alert.subject);
    this.context.metrics.partitionsStopped.set({ topic, partition }, 1);
    this.control.pause(this.topicName, partition);
    await raiseAlert(this.context.database, alert);
    // Now, not once all partitions are taken up: whoever sees the alert must not find the processor ready.
    this.context.health.report('partitions', this.positions.stopReasons.join('; '));
  }

  /** Only so that Kafka's own lag tools see something; a failure means nothing. */
  private commitToKafka(payload: EachBatchPayload, next: number): void {
    const { partition } = payload.batch;
    const now = Date.now();
    if (now - (this.lastKafkaCommit.get(partition) ?? 0) < KAFKA_COMMIT_EVERY_MS) return;
    this.lastKafkaCommit.set(partition, now);
    payload
      .commitOffsetsIfNecessary({
        topics: [{ topic: this.topicName, partitions: [{ partition, offset: String(next) }] }],
      })
      .catch((error: unknown) => this.logger.debug({ err: error }, 'offsets were not committed to Kafka'));
  }
}
