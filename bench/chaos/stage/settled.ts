import { setTimeout as sleep } from 'node:timers/promises';
import type kafkajs from 'kafkajs';
import type { Database } from '../../../platform/database/database.ts';
import { harnessKafka } from '../verdict/kafka-log.ts';
import { storedRecords } from './sampler.ts';

/** What is still to be done, by who has to do it. */
export interface Unfinished {
  records: number;
  kafkaMessages: number;
  slack: number;
  webhooks: number;
}

const EVERY_MS = 500;

/**
 * Waits until all records are stored and everything that follows from them is published, told and called.
 *
 * @returns null, or what was left when patience ended
 */
export async function untilSettled(
  stage: { database: Database; kafka: { brokers: string }; topic(name: 'orders'): string },
  patienceMs: number,
): Promise<Unfinished | null> {
  const deadline = performance.now() + patienceMs;
  const admin = harnessKafka(stage.kafka.brokers).admin();
  await admin.connect();
  try {
    for (;;) {
      const left = await unfinished(stage.database, admin, stage.topic('orders')).catch(() => undefined);
      if (left !== undefined && Object.values(left).every((count) => count === 0)) return null;
      if (performance.now() > deadline)
        return (
          left ?? { records: Number.NaN, kafkaMessages: Number.NaN, slack: Number.NaN, webhooks: Number.NaN }
        );
      await sleep(EVERY_MS);
    }
  } finally {
    await admin.disconnect();
  }
}

async function unfinished(database: Database, admin: kafkajs.Admin, topic: string): Promise<Unfinished> {
  const ends = await admin.fetchTopicOffsets(topic);
  const { rows } = await database.query<Omit<Unfinished, 'records'> & Record<string, unknown>>(
    `SELECT (SELECT count(*) FROM kafka_outbox WHERE state = 'pending') AS "kafkaMessages",
            (SELECT count(*) FROM slack_alert_log WHERE state <> 'sent') + (SELECT count(*) FROM slack_replies)
              + (SELECT count(*) FROM slack_refresh)
              + (SELECT count(*) FROM slack_messages
                 WHERE state IN ('waiting', 'pending', 'sending', 'uncertain')
                    OR (state = 'sent' AND parent_id IS NULL AND shown < wanted)) AS slack,
            (SELECT count(*) FROM webhook_outbox WHERE state = 'pending') AS webhooks`,
  );
  const wanted = ends.reduce((sum, { high }) => sum + Number(high), 0);
  const { kafkaMessages = 0, slack = 0, webhooks = 0 } = rows[0] ?? {};
  return { records: Math.max(0, wanted - (await storedRecords(database))), kafkaMessages, slack, webhooks };
}
