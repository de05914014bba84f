import type { Admin, Consumer, EachBatchPayload } from 'kafkajs';
import { backoffMs, DEFAULT_BACKOFF, sleep } from '../../platform/errors/backoff.ts';
import { messageOf } from '../../platform/errors/classify.ts';
import { explainKafkaTrouble } from '../../platform/kafka/explain-trouble.ts';
import { RegistryAway } from '../../platform/schema-registry/registry-errors.ts';
import { observeConsumer } from '../../platform/tracing/library-metrics.ts';
import type { ProcessorContext } from '../context.ts';
import { listPositions } from '../sql/list-positions.ts';
import type { TopicHandler } from '../topics/topic-handler.ts';
import { DatabaseAway } from './database-away.ts';
import { type FetchedBatch, PartitionWorker } from './partition-worker.ts';
import { Positions } from './positions.ts';
import { ReadAhead } from './read-ahead.ts';

/** Batches in work at once: while one waits for the database, another is decoded. 2 are 8 % slower, 5 no faster. */
const CONCURRENT_PARTITIONS = 4;

/** Of one partition and of one fetch, in bytes: bounds the memory however long the backlog is. */
const FETCH_BYTES_PER_PARTITION = 2 * 1024 * 1024;
const FETCH_BYTES = 8 * 1024 * 1024;

/**
 * The broker answers when it has so much, or after so long: each answer is a transaction a partition, however few its
 * records are. At 500 records a second 68 of 7.5 records in place of 195 of 2.6, a third of the processor's and of the
 * database's time less, 40 ms later in the mean.
 */
const FETCH_LEAST_BYTES = 16 * 1024;
const FETCH_WAIT_MS = 100;
/** kafkajs asks for nothing of a topic that was away when it last looked: after its own 5 minutes, by default. */
const METADATA_MAX_AGE_MS = 20_000;
/** A killed instance keeps its partitions, and a successor waiting, for so long. */
const SESSION_TIMEOUT_MS = 10_000;
const RECHECK_EVERY_MS = 5000;

/**
 * Consumes the topics of the handlers until it is stopped: joins the group, takes each partition up where the database
 * says, pauses a partition while the database is away and makes a new consumer when kafkajs gives one up.
 */
export class OrderTrafficConsumer {
  private readonly context: ProcessorContext;
  private readonly handlers: readonly TopicHandler<unknown>[];
  private readonly admin: Admin;
  private readonly stopping = new AbortController();
  private readonly positions = new Positions();
  private readonly ahead = new ReadAhead(CONCURRENT_PARTITIONS);
  private readonly attempts = new Map<string, number>();
  private readonly observe: (consumer: Consumer) => void;
  private workers = new Map<string, PartitionWorker>();
  private assignment: Readonly<Record<string, readonly number[]>> = {};
  private consumer: Consumer | null = null;
  private running: Promise<void> | null = null;

  constructor(context: ProcessorContext, handlers: readonly TopicHandler<unknown>[], admin: Admin) {
    this.context = context;
    this.handlers = handlers;
    this.admin = admin;
    this.observe = observeConsumer(context.telemetry.meter);
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the batches in work, leaves the group. Idempotent. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.consumer?.disconnect().catch(() => undefined);
    await this.running;
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    const recheck = setInterval(() => void this.retakeOpen(), RECHECK_EVERY_MS);
    for (let attempt = 1; !this.stopped; attempt += 1) {
      try {
        const crash = await this.consumeOnce(() => {
          attempt = 0;
        });
        if (this.stopped) break;
        this.context.logger.warn({ err: crash }, 'the Kafka consumer gave up; a new one is started');
        this.context.health.report('consumer', `restarting: ${messageOf(crash)}`);
      } catch (error) {
        if (this.stopped) break;
        const reason = explainKafkaTrouble(error, this.context.config.kafka);
        this.context.health.report('consumer', reason);
        this.context.logger.warn({ err: error, reason }, 'Kafka cannot be reached; trying again');
      }
      await sleep(backoffMs(Math.max(1, attempt), DEFAULT_BACKOFF, Math.random), this.stopping.signal);
    }
    clearInterval(recheck);
  }

  /** Runs one kafkajs consumer. @returns why it ended */
  private async consumeOnce(onJoined: () => void): Promise<unknown> {
    const { config, kafka, metrics, health } = this.context;
    const consumer = kafka.consumer({
      groupId: config.kafka.groupId,
      sessionTimeout: SESSION_TIMEOUT_MS,
      maxBytesPerPartition: FETCH_BYTES_PER_PARTITION,
      maxBytes: FETCH_BYTES,
      minBytes: FETCH_LEAST_BYTES,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      metadataMaxAge: METADATA_MAX_AGE_MS,
      retry: { initialRetryTime: 100, maxRetryTime: 2000, retries: 8, restartOnFailure: async () => false },
    });
    this.consumer = consumer;
    this.observe(consumer);
    this.workers = new Map(
      this.handlers.map((handler) => [
        config.kafka.topics[handler.topic],
        new PartitionWorker(this.context, handler, this.admin, this.positions, {
          seek: (topic, partition, offset) => consumer.seek({ topic, partition, offset: String(offset) }),
          pause: (topic, partition) => consumer.pause([{ topic, partitions: [partition] }]),
          resume: (topic, partition) => consumer.resume([{ topic, partitions: [partition] }]),
        }),
      ]),
    );
    const ended = new Promise<unknown>((resolve) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error));
      consumer.on(consumer.events.STOP, () => resolve(new Error('the consumer was stopped')));
    });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      const generation = this.positions.startGeneration();
      this.assignment = payload.memberAssignment;
      metrics.rebalances.inc();
      health.report('consumer', null);
      // Whatever still fails says so again; what another instance has now does not.
      this.attempts.clear();
      health.report('batches', null);
      health.report('schema registry', null);
      onJoined();
      void this.takeUp(generation);
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...this.workers.keys()], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: CONCURRENT_PARTITIONS,
        eachBatch: (payload) => this.onBatch(consumer, payload),
      });
      return await ended;
    } finally {
      await consumer.disconnect().catch(() => undefined);
      await this.ahead.idle();
    }
  }

  /**
   * Seeks every assigned partition to its position. Not awaited by kafkajs, so a first fetch may come before; it is
   * dropped. Without this, a partition that gets no new records would stay at Kafka's own committed offset, which may
   * be ahead of a restored database.
   */
  private async takeUp(generation: number): Promise<void> {
    for (const [topicName, partitions] of Object.entries(this.assignment)) {
      for (const partition of partitions) {
        if (generation !== this.positions.generation || this.stopped) return;
        try {
          await this.workers.get(topicName)?.assume(partition, generation);
        } catch (error) {
          // The next batch of the partition tries again, and so does recheck.
          this.context.logger.warn({ err: error, topicName, partition }, 'position not read yet');
        }
      }
    }
    this.reportStopped();
  }

  /**
   * Takes partitions up that have no position: their database was away, or they were stopped and a command has put
   * their position right since.
   */
  private async retakeOpen(): Promise<void> {
    const generation = this.positions.generation;
    await this.forgetMoved();
    for (const handler of this.handlers) {
      const topicName = this.context.config.kafka.topics[handler.topic];
      for (const partition of this.assignment[topicName] ?? []) {
        if (this.positions.get(handler.topic, partition) !== undefined) continue;
        try {
          await this.workers.get(topicName)?.assume(partition, generation);
        } catch (error) {
          this.context.logger.debug({ err: error, partition }, 'a partition could not be checked');
        }
      }
    }
    this.reportStopped();
  }

  /**
   * Forgets positions that a command has set back, or into a new epoch: a partition with records in work would find out
   * by its compare-and-set, an idle one never.
   */
  private async forgetMoved(): Promise<void> {
    const before = this.handlers.flatMap((handler) =>
      (this.assignment[this.context.config.kafka.topics[handler.topic]] ?? []).map((partition) => {
        const position = this.positions.get(handler.topic, partition);
        return { topic: handler.topic, partition, epoch: position?.epoch, next: position?.next };
      }),
    );
    try {
      for (const stored of await listPositions(this.context.database)) {
        const known = before.find((one) => one.topic === stored.topic && one.partition === stored.partition);
        // Our own commits only ever raise what was read here before.
        const movedBack = known?.next !== undefined && stored.next_offset < known.next;
        const newEpoch = known?.epoch !== undefined && stored.epoch !== known.epoch;
        if (movedBack || newEpoch) this.positions.forget(stored.topic, stored.partition);
      }
    } catch (error) {
      this.context.logger.debug({ err: error }, 'positions could not be compared');
    }
  }

  private reportStopped(): void {
    const reasons = this.positions.stopReasons;
    this.context.health.report('partitions', reasons.length === 0 ? null : reasons.join('; '));
  }

  /**
   * Behind the newest records the next ones are fetched while these are worked on. Where there are no more, that would
   * only make the batches smaller: a transaction for the few that came within the first millisecond.
   */
  private async onBatch(consumer: Consumer, payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const partition = `${batch.topic} ${batch.partition}`;
    const at = performance.now();
    await this.ahead.settled(partition);
    // What was fetched before a seek is no continuation; and to take up a partition now would end its pause.
    if (payload.isStale() || isPaused(consumer, batch)) return;
    const { generation } = this.positions;
    if (Number(batch.offsetLag()) === 0) {
      await this.ahead.inTurn(() => this.process(consumer, { payload, generation, at, isAhead: false }));
      return;
    }
    payload.resolveOffset(batch.lastOffset());
    // kafkajs sends a heartbeat after every batch that it gave away, and hears of a rebalance by that.
    this.ahead.start(partition, () =>
      this.process(consumer, { payload, generation, at, isAhead: true }).catch((error: unknown) =>
        this.context.logger.debug({ err: error, partition }, 'Kafka failed during a batch'),
      ),
    );
  }

  private async process(consumer: Consumer, fetched: FetchedBatch): Promise<void> {
    if (fetched.generation !== this.positions.generation) return;
    const { topic, partition } = fetched.payload.batch;
    const worker = this.workers.get(topic);
    if (worker === undefined) throw new Error(`a batch of ${topic}, which nobody subscribed to`);
    const key = `${topic} ${partition}`;
    try {
      // Reading works where writing does not, as on a full disk: the next wait has to be longer all the same.
      if (!(await worker.onBatch(fetched))) return;
      this.attempts.delete(key);
      if (this.attempts.size === 0) this.context.health.report('batches', null);
      this.reportStopped();
    } catch (error) {
      // Rebalances and broker errors are kafkajs' own business.
      if (error instanceof Error && error.name.startsWith('KafkaJS') && !(error instanceof DatabaseAway))
        throw error;
      if (fetched.generation === this.positions.generation) this.pauseFor(consumer, topic, partition, error);
    }
  }

  /** Does not block in eachBatch: heartbeats go on, and other partitions. The records are fetched again. */
  private pauseFor(consumer: Consumer, topic: string, partition: number, error: unknown): void {
    const { health, logger, metrics } = this.context;
    const key = `${topic} ${partition}`;
    const attempt = (this.attempts.get(key) ?? 0) + 1;
    this.attempts.set(key, attempt);
    const cause = causeOf(error);
    const waitMs = backoffMs(attempt, DEFAULT_BACKOFF, Math.random);
    metrics.retries.inc({ cause });
    health.report('batches', `paused: ${messageOf(error)}`);
    logger[cause === 'fault' ? 'error' : 'warn'](
      { err: error, topic, partition, attempt, waitMs },
      'batch not written; paused',
    );
    consumer.pause([{ topic, partitions: [partition] }]);
    void sleep(waitMs, this.stopping.signal).then(() => {
      if (this.consumer === consumer && !this.stopped) consumer.resume([{ topic, partitions: [partition] }]);
    });
  }
}

function isPaused(consumer: Consumer, { topic, partition }: EachBatchPayload['batch']): boolean {
  return consumer.paused().some((one) => one.topic === topic && one.partitions.includes(partition));
}

/** Why a batch waits, for the metrics. */
function causeOf(error: unknown): 'unavailable' | 'fault' | 'registry' {
  if (error instanceof RegistryAway) return 'registry';
  return error instanceof DatabaseAway ? error.kind : 'unavailable';
}
