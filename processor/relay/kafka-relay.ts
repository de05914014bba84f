import type { Producer, TopicMessages } from 'kafkajs';
import type { Topic } from '../../platform/config/variables.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { messageOf } from '../../platform/errors/classify.ts';
import { repeat } from '../../platform/lifecycle/repeat.ts';
import { RETRY_HEADER, retryActionOf } from '../commands/retry-header.ts';
import { failSending } from '../commands/retry-record.ts';
import type { ProcessorContext } from '../context.ts';
import {
  buryMessage,
  claimMessages,
  deleteMessages,
  type PendingMessage,
  releaseMessages,
} from '../sql/outbox.ts';

const IDLE_MS = 500;
const BATCH = 200;
const BATCH_BYTES = 4 * 1024 * 1024;

/**
 * Broker errors that the same message will meet again. INVALID_TIMESTAMP is none of them: a message is stamped when it is
 * sent, and brokers refuse what is over an hour ahead of them. It is the clock of this machine, and will be put right.
 */
const REFUSED_FOR_GOOD: ReadonlySet<string> = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'CORRUPT_MESSAGE',
]);

/**
 * Publishes the outbox: what a transaction decided reaches Kafka after it has committed, however long the broker was
 * away. At least once: a crash between the send and the delete sends again (dead letters name their origin in headers,
 * holds their order, reason and episode, so that readers can tell).
 */
export class KafkaRelay {
  private readonly context: ProcessorContext;
  private readonly producer: Producer;
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(context: ProcessorContext, producer: Producer) {
    this.context = context;
    this.producer = producer;
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private run(): Promise<void> {
    return repeat(
      this.stopping.signal,
      async () => ((await this.publishSome()) < BATCH ? IDLE_MS : 0),
      (error, failures) =>
        this.context.logger.warn({ err: error, failures }, 'outbox not published; trying again'),
    );
  }

  /** @returns how many messages left the outbox */
  async publishSome(): Promise<number> {
    const { database, logger, metrics } = this.context;
    const messages = await claimMessages(database, BATCH, BATCH_BYTES);
    if (messages.length === 0) return 0;
    const refused = await this.send(messages).catch(async (error: unknown) => {
      await releaseMessages(
        database,
        messages.map((message) => message.outboxId),
      );
      throw error;
    });
    for (const [message, reason] of refused) {
      metrics.outboxFailures.inc({ topic: message.topic });
      logger.error(
        { outboxId: message.outboxId, topic: message.topic, reason },
        'Kafka refuses this message',
      );
      await this.giveUp(message, reason);
    }
    const sent = messages.filter((message) => !refused.has(message));
    await deleteMessages(
      database,
      sent.map((message) => message.outboxId),
    );
    for (const { topic } of sent) metrics.outboxPublished.inc({ topic });
    return messages.length;
  }

  /** The message stays where it is; if somebody waits for it, they are told. */
  private async giveUp(message: PendingMessage, reason: string): Promise<void> {
    const { database, clock } = this.context;
    await inTransaction(database, async (connection) => {
      await buryMessage(connection, message.outboxId, reason);
      // A dead letter has the headers of its original, which may have been sent again before.
      const actionId = message.topic === 'dead-letters' ? null : sentFor(message);
      if (actionId !== null) await failSending(connection, actionId, reason, clock.now());
    });
  }

  /** One request for all; when the broker refuses it for good, one for each, to find which it means. */
  private async send(messages: readonly PendingMessage[]): Promise<Map<PendingMessage, string>> {
    const refused = new Map<PendingMessage, string>();
    try {
      await this.producer.sendBatch({ acks: -1, topicMessages: this.byTopic(messages) });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (messages.length === 1 && messages[0] !== undefined)
        return refused.set(messages[0], messageOf(error));
      for (const message of messages) {
        for (const [one, reason] of await this.send([message])) refused.set(one, reason);
      }
    }
    return refused;
  }

  private byTopic(messages: readonly PendingMessage[]): TopicMessages[] {
    const topics = new Map<string, TopicMessages>();
    for (const message of messages) {
      const topic = this.context.config.kafka.topics[message.topic as Topic];
      const entry = topics.get(topic) ?? { topic, messages: [] };
      entry.messages.push({
        key: message.key,
        value: message.value,
        headers: decodeHeaders(message.headers),
      });
      topics.set(topic, entry);
    }
    return [...topics.values()];
  }
}

/** kafkajs cannot send a header without a value. It goes out empty, and this one says which of which header's it was. */
const NULL_HEADERS = 'holdfast-null-headers';

/** Stored headers as kafkajs sends them. */
export function decodeHeaders(headers: PendingMessage['headers']): Record<string, Buffer | Buffer[]> {
  const decoded: [name: string, Buffer | Buffer[]][] = [];
  const nulls: [name: string, positions: number[]][] = [];
  for (const [name, value] of Object.entries(headers)) {
    const values = Array.isArray(value) ? value : [value];
    const positions = values.flatMap((one, position) => (one === null ? [position] : []));
    if (positions.length > 0) nulls.push([name, positions]);
    const bytes = values.map((one) => Buffer.from(one ?? '', 'base64'));
    decoded.push([name, Array.isArray(value) ? bytes : (bytes[0] as Buffer)]);
  }
  if (nulls.length > 0) decoded.push([NULL_HEADERS, Buffer.from(JSON.stringify(Object.fromEntries(nulls)))]);
  return Object.fromEntries(decoded);
}

/** The action for which a rejected record is sent again; null for every other message. */
function sentFor({ headers }: PendingMessage): string | null {
  const header = headers[RETRY_HEADER];
  if (typeof header !== 'string') return null;
  return retryActionOf({ [RETRY_HEADER]: Buffer.from(header, 'base64') });
}

function isRefusal(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('type' in e && typeof e.type === 'string' && REFUSED_FOR_GOOD.has(e.type)) return true;
  }
  return false;
}
