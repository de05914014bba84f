import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import { loadConfig } from '../../platform/config/load.ts';
import type { Topic } from '../../platform/config/variables.ts';
import type { Database } from '../../platform/database/database.ts';
import type { KafkaRecord } from '../../processor/ingest/kafka-record.ts';
import { decodeHeaders } from '../../processor/relay/kafka-relay.ts';
import { claimMessages, deleteMessages } from '../../processor/sql/outbox.ts';
import { readPosition } from '../../processor/sql/read-position.ts';
import { topicHandlers } from '../../processor/topics/handlers.ts';
import type { TopicHandler } from '../../processor/topics/topic-handler.ts';
import { driveBatch } from './drive-batches.ts';
import { MIDNIGHT } from './oracle/example.ts';

/** What an operator asks of change_alerts, without who and when. */
export interface Act {
  readonly action: string;
  readonly alerts: readonly number[];
  readonly decision?: 'release' | 'cancel';
  readonly note?: string;
}

/**
 * The processor's walk and its outbox on a database, with topics of one partition that are lists in memory: every
 * interleaving of topics is the test's to choose.
 */
export class MemoryTopics {
  readonly logs = new Map<Topic, KafkaRecord[]>();
  /** The processor's clock, and the operator's. */
  now: Micros = MIDNIGHT + 3_600_000_000;
  private readonly database: Database;
  private readonly handlers: readonly TopicHandler<unknown>[];

  constructor(
    database: Database,
    settings: Readonly<Record<string, string>> = {},
    logs: ReadonlyMap<Topic, readonly KafkaRecord[]> = new Map(),
  ) {
    this.database = database;
    this.handlers = topicHandlers(loadConfig(settings));
    for (const [topic, records] of logs) this.logs.set(topic, [...records]);
  }

  /** Appends a record. @param value what is no bytes becomes JSON */
  append(topic: Topic, value: unknown, more: Partial<Pick<KafkaRecord, 'key' | 'headers'>> = {}): void {
    const log = this.logs.get(topic) ?? [];
    this.logs.set(topic, log);
    log.push({
      offset: log.length,
      timestampMs: Math.floor(this.now / 1000),
      key: null,
      headers: {},
      value: value === null || Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value)),
      ...more,
    });
  }

  /** Appends messages to topic `orders`, and has everything done that follows. */
  async send(...messages: unknown[]): Promise<void> {
    for (const message of messages) this.append('orders', message);
    await this.settle();
  }

  /** Processes what is new in a topic, or the first so many of that. @returns how many records */
  async process(topic: Topic, most = Number.POSITIVE_INFINITY, database = this.database): Promise<number> {
    const handler = this.handlers.find((one) => one.topic === topic);
    if (handler === undefined) throw new Error(`nobody consumes ${topic}`);
    const { nextOffset } = await readPosition(this.database, topic, 0, 0);
    const records = (this.logs.get(topic) ?? []).slice(nextOffset, nextOffset + most);
    if (records.length > 0) await driveBatch(database, handler, 0, records, this.now);
    return records.length;
  }

  /** Publishes the outbox. @param deletes false: dies before it has noted that, so that all is published again */
  async relay(deletes = true): Promise<number> {
    const messages = await claimMessages(this.database, 1000, 1e9);
    for (const { topic, key, value, headers } of messages)
      this.append(topic as Topic, value, { key, headers: decodeHeaders(headers) });
    if (deletes)
      await deleteMessages(
        this.database,
        messages.map((message) => message.outboxId),
      );
    else await this.database.query(`UPDATE kafka_outbox SET claimed_until = '-infinity'`);
    return messages.length;
  }

  /** Relays and processes until nothing moves any more. */
  async settle(): Promise<void> {
    for (let moved = 1; moved > 0; ) {
      moved = await this.relay();
      for (const { topic } of this.handlers) moved += await this.process(topic);
    }
  }

  /** An operator acts, without anything that follows. @returns the outcome for each alert */
  async ask(act: Act): Promise<string[]> {
    const request = {
      action: act.action,
      targets: act.alerts.map((alertId) => ({ alert_id: alertId, version: null })),
      actor: 'kim',
      actor_id: 'U1',
      source: 'slack',
      note: act.note ?? null,
      decision: act.decision ?? null,
      now: formatIso8601(this.now),
    };
    const { rows } = await this.database.query<{ outcome: string }>('SELECT outcome FROM change_alerts($1)', [
      JSON.stringify(request),
    ]);
    return rows.map((row) => row.outcome);
  }

  /** An operator acts, and everything is done that follows. */
  async act(act: Act): Promise<string[]> {
    const outcomes = await this.ask(act);
    await this.settle();
    return outcomes;
  }

  /** The messages of a topic, read. */
  messages(topic: Topic): Record<string, unknown>[] {
    return (this.logs.get(topic) ?? []).map(({ value }) => JSON.parse(String(value)));
  }
}
