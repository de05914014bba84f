import { beforeAll, expect, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { type AlertbotProcesses, alertbotProcesses } from '../support/alertbot-process.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { auditOf, heldOrder } from '../support/held-orders.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { consume, countRecords, createLenientTopic, produce, withAdmin } from '../support/kafka-client.ts';
import { created, said } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { type ProcessorProcess, startProcessor } from '../support/processor-process.ts';
import { differencesInSlack, untilAllIsSaid } from '../support/slack-tells-all.ts';

const CLICKS = 50;
/** Orders with an alert each; every second one is put right before RETRY. */
const ORDERS = 12;
const TIMEOUT_MS = 300_000;
const MINUTE = 60_000_000;

let database: Database;
let slack: AlertbotProcesses;
let processor: ProcessorProcess;
let send: (...messages: Record<string, unknown>[]) => Promise<void>;
let commandsAndResults: () => Promise<Record<string, unknown>[]>;
let start: () => Promise<void>;
/** Waits until topic `actions` has so many records more than when this was called. */
let untilPublished: (count: number) => Promise<void>;

beforeAll(async () => {
  const undo: (() => Promise<void>)[] = [];
  const cleanUp = (step: () => Promise<void>) => void undo.push(step);
  const brokers = kafkaBrokers();
  const prefix = freshTopicPrefix();
  const { url } = await freshDatabase();
  database = processorDatabase(url);
  await createLenientTopic(brokers, `${prefix}orders`, 1);
  send = (...messages) =>
    produce(
      brokers,
      `${prefix}orders`,
      messages.map((value) => ({ key: String(value.order_id), value: JSON.stringify(value) })),
    );
  commandsAndResults = async () => {
    const count = await countRecords(brokers, `${prefix}actions`);
    const records = await consume(brokers, `${prefix}actions`, count);
    return records.map(({ value }) => JSON.parse(String(value)));
  };
  untilPublished = (count) =>
    withAdmin(brokers, async (admin) => {
      const records = async () => {
        const offsets = await admin.fetchTopicOffsets(`${prefix}actions`);
        return offsets.reduce((sum, { high }) => sum + Number(high), 0);
      };
      const before = await records();
      await eventually(`${count} records`, async () => (await records()) >= before + count, {
        everyMs: 1,
        explain: () => processor.log(),
      });
    });
  const env = {
    DATABASE_URL: url,
    KAFKA_BROKERS: brokers,
    KAFKA_TOPIC_PREFIX: prefix,
    KAFKA_GROUP_ID: `${prefix}group`,
    HOLDFAST_PARTITIONS: '1',
  };
  start = async () => {
    processor = await startProcessor(env, cleanUp);
  };
  slack = await alertbotProcesses({
    databaseUrl: url,
    env: {
      HOLDFAST_SLACK_POSTS_PER_SECOND: '50',
      HOLDFAST_SLACK_UPDATES_PER_MINUTE: '6000',
      HOLDFAST_SLACK_GROUP_FROM: '1000',
    },
    // Whether clicks are in time on a busy machine is not the question here.
    standin: { deadlineMs: 60_000 },
    cleanUp,
  });
  await Promise.all([start().then(() => processor.ready()), slack.startReady()]);
  return async () => {
    for (const step of undo.toReversed()) await step();
  };
});

const invalid = (orderId: string) =>
  created(orderId, 0, {
    user_id: `user of ${orderId}`,
    product_id: `product of ${orderId}`,
    shipping_address: '?',
  });

const corrected = (orderId: string) =>
  said('ORDER_UPDATED', MINUTE, { order_id: orderId, shipping_address: '12 Long Street' });

/** The buttons of a held order, once Slack shows them. */
async function buttonsOf(orderId: string) {
  const { alertId, message } = await eventually(
    `the message of order ${orderId}`,
    async () => {
      const { alert_id: alertId } = await heldOrder(database, orderId, 'FUL-VALID');
      const message = slack.standin
        .state()
        .messages.find(({ metadata }) => metadata?.event_payload.alert_id === alertId);
      return message && { alertId, message };
    },
    { explain: () => `${slack.current.log()}\n${processor.log()}` },
  );
  const press = (actionId: string, user = 'U0KIM') =>
    slack.standin.act({
      user_id: user,
      channel: message.channel,
      message_ts: message.ts,
      block_id: `alert-actions-${alertId}`,
      action_id: actionId,
    });
  return { alertId, press };
}

/** Clicks on RETRY as long as the database has not taken one in time; of the same version it takes only one. */
async function untilRequested(alertId: number, press: (actionId: string) => Promise<unknown>): Promise<void> {
  const requested = async () => (await auditOf(database, alertId)).some((line) => line.startsWith('RETRY '));
  await eventually(`RETRY of alert ${alertId}`, async () => {
    if (await requested()) return true;
    await press('alert_retry');
    return requested();
  });
}

async function finished(): Promise<number> {
  const { rows } = await database.query<{ done: number }>(
    `SELECT count(*) AS done FROM actions WHERE status IN ('DONE', 'FAILED')`,
  );
  return rows[0]?.done ?? 0;
}

async function untilFinished(count: number): Promise<void> {
  await eventually(`${count} results`, async () => (await finished()) >= count, {
    everyMs: 5,
    timeoutMs: TIMEOUT_MS,
    explain: () => processor.log(),
  });
}

test(
  `${CLICKS} clicks on RETRY at once, and the same requests again, are one transition, one command and one result`,
  async () => {
    await send(invalid('clicked'));
    const { alertId, press } = await buttonsOf('clicked');
    const clicks = Array.from({ length: CLICKS }, (_, i) => press('alert_retry', i % 2 ? 'U0KIM' : 'U0LEE'));
    expect((await Promise.all(clicks)).filter(({ delivered }) => !delivered)).toEqual([]);
    await untilRequested(alertId, press);
    const replays = await Promise.all(
      slack.standin.deliveries().map(async (request) => (await fetch(request.url, request)).status),
    );
    expect(new Set(replays)).toEqual(new Set([401]));
    await untilFinished(1);
    await untilAllIsSaid(database, () => slack.current.log());
    const result =
      'RETRY_FAILED holdfast auto RETRY_REQUESTED>OPEN shipping_address is shorter than 5 characters';
    expect(await auditOf(database, alertId)).toEqual([
      expect.stringMatching(/^RETRY (kim|lee) slack OPEN>RETRY_REQUESTED$/),
      result,
    ]);
    expect(await heldOrder(database, 'clicked', 'FUL-VALID')).toMatchObject({ status: 'OPEN', version: 2 });
    const messages = await eventually('both messages on the topic', async () => {
      const both = await commandsAndResults();
      return both.length >= 2 && both;
    });
    expect(messages.map(({ type }) => type)).toEqual(['command', 'result']);
    expect(await differencesInSlack(database, slack)).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  'a processor that is killed between command and result gives each command one result, and each thread one line of it',
  async () => {
    const names = Array.from({ length: ORDERS }, (_, i) => `killed${i}`);
    await send(...names.map(invalid));
    const buttons = await Promise.all(names.map(buttonsOf));
    await send(...names.filter((_, i) => i % 2 === 0).map(corrected));
    await eventually('the corrections', async () => {
      const { rowCount } = await database.query(
        `SELECT FROM orders WHERE order_id LIKE 'killed%' AND shipping_address <> '?'`,
      );
      return rowCount === ORDERS / 2;
    });
    await processor.terminate();
    for (const { alertId, press } of buttons) await untilRequested(alertId, press);

    const before = await finished();
    await Promise.all([untilPublished(1), start()]);
    await processor.kill();
    console.log(`results at the kill: ${(await finished()) - before} of ${ORDERS}`);
    await start();
    await untilFinished(before + ORDERS);
    await untilAllIsSaid(database, () => slack.current.log());

    for (const [i, { alertId }] of buttons.entries()) {
      const { status, hold_status } = await heldOrder(database, names[i]!, 'FUL-VALID');
      expect(`${status} ${hold_status}`).toBe(i % 2 === 0 ? 'RESOLVED CLEARED' : 'OPEN OPEN');
      expect(await auditOf(database, alertId)).toEqual([
        'RETRY kim slack OPEN>RETRY_REQUESTED',
        expect.stringMatching(i % 2 === 0 ? /^RETRY_SUCCEEDED / : /^RETRY_FAILED .* is shorter than 5/),
      ]);
    }
    expect(await differencesInSlack(database, slack)).toEqual([]);
    await eventually('the results to be published', async () => {
      const { rowCount } = await database.query('SELECT FROM kafka_outbox');
      return rowCount === 0;
    });
    const results = (await commandsAndResults()).filter(({ type }) => type === 'result');
    const distinct = new Set(results.map((result) => JSON.stringify(result)));
    expect(distinct.size).toBe(before + ORDERS);
  },
  TIMEOUT_MS,
);
