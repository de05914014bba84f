import { DEFAULT_THRESHOLDS } from '../../../domain/holds/thresholds.ts';
import { loadConfig } from '../../../platform/config/load.ts';
import type { Load } from '../stage/load.ts';
import { MAX_RECORD_BYTES, type Stage } from '../stage/stage.ts';
import { compareSlack } from './compare-slack.ts';
import { type Comparison, compareAtLeastOnce, compareKeys, compareValues } from './comparison.ts';
import { expectedOf } from './expected.ts';
import { inJson } from './in-json.ts';
import { digest, harnessKafka, type LoggedRecord, readTopic } from './kafka-log.ts';
import { compareStock } from './stock.ts';
import { storedIn } from './stored.ts';

export interface Verdict {
  comparisons: readonly Comparison[];
  /** Records that stand in Kafka more often than they were sent: a producer that got no answer sent them again. */
  sentAgain: number;
  /** Messages on `holds` and `dead-letters`, and webhooks, that were published more than once, as the contract allows. */
  publishedAgain: number;
}

/** Compares what was sent with Kafka's log, and that with everything that had to come of it. */
export async function judge(stage: Stage, load: Load): Promise<Verdict> {
  const kafka = harnessKafka(stage.kafka.brokers);
  const log = await readTopic(kafka, stage.topic('orders'));
  const told = await readTopic(kafka, stage.topic('holds'));
  const letters = await readTopic(kafka, stage.topic('dead-letters'));
  const { database } = stage;
  const { schemaRegistry } = loadConfig(stage.settings);
  const wanted = expectedOf(await inJson(log, schemaRegistry, MAX_RECORD_BYTES), {
    now: Date.now() * 1_000,
    maxRecordBytes: MAX_RECORD_BYTES,
    thresholds: DEFAULT_THRESHOLDS,
  });
  const stored = await storedIn(database);
  const sent = compareAtLeastOnce(
    'records sent, in Kafka',
    load.acknowledged,
    log.map(({ key, value }) => digest(key, value)),
  );
  const opened = holdMessages(told);
  const dead = letters.map(({ headers }) => `${headers['holdfast-partition']}:${headers['holdfast-offset']}`);
  const webhooks = stage.webhooks.received();
  return {
    comparisons: [
      // Not wrong: sent, but cut off before Kafka's answer came.
      { ...sent, wrong: [] },
      compareKeys('raw rows', wanted.raw, stored.raw),
      compareKeys('rejected records', wanted.rejected, stored.rejected),
      compareKeys('events', wanted.events, stored.events),
      compareValues('orders (folded)', wanted.orders, stored.orders),
      compareKeys('holds', wanted.holds, stored.holds),
      compareKeys('alerts', wanted.alerts, stored.alerts),
      compareAtLeastOnce('messages on holds', wanted.holds.map(shortHold), opened),
      compareAtLeastOnce(
        'dead letters',
        wanted.rejected.map((key) => key.split(' ')[0] ?? ''),
        dead,
      ),
      await compareStock(database),
      ...(await compareSlack(database, stage.slack.state().messages)),
      compareKeys('webhooks', stage.webhooks.wanted(), new Set(webhooks)),
    ],
    sentAgain: log.length - load.acknowledged.length,
    publishedAgain: surplus(opened) + surplus(dead) + surplus(webhooks),
  };
}

function surplus(keys: readonly string[]): number {
  return keys.length - new Set(keys).size;
}

/** Order, reason and episode of a {@link holdKey}. */
function shortHold(key: string): string {
  return key.split(' ').slice(0, 3).join(' ');
}

function holdMessages(records: readonly LoggedRecord[]): string[] {
  return records.flatMap(({ value }) => {
    const message = JSON.parse(String(value)) as Record<string, unknown>;
    if (message.event_type !== 'HOLD_OPENED') return [];
    return [`${message.order_id} ${message.reason_code} ${message.episode}`];
  });
}
