import { expect, onTestFinished, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { resultsOf } from '../support/held-orders.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { consume, countRecords, createLenientTopic, produce } from '../support/kafka-client.ts';
import { created } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { startReadyProcessor } from '../support/processor-process.ts';

const TIMEOUT_MS = 300_000;

/** A broker's topics, a database, and processors of one group one after the other. */
async function world() {
  const brokers = kafkaBrokers();
  const prefix = freshTopicPrefix();
  const { url } = await freshDatabase();
  const database = processorDatabase(url);
  await createLenientTopic(brokers, `${prefix}orders`, 1);
  const env = {
    DATABASE_URL: url,
    KAFKA_BROKERS: brokers,
    KAFKA_TOPIC_PREFIX: prefix,
    KAFKA_GROUP_ID: `${prefix}group`,
    HOLDFAST_PARTITIONS: '2',
  };
  const processor = (more: Record<string, string> = {}) =>
    startReadyProcessor({ ...env, ...more }, onTestFinished);
  const send = (value: string | Buffer) => produce(brokers, `${prefix}orders`, [{ key: 'the key', value }]);
  const alertsIn = (status: string, version: number) =>
    eventually(
      `an alert that is ${status}, version ${version}`,
      async () => {
        const { rows } = await database.query<{ alert_id: number }>(
          'SELECT alert_id FROM alerts WHERE status = $1 AND version = $2',
          [status, version],
        );
        return rows.length > 0 && rows.map((row) => row.alert_id);
      },
      { timeoutMs: TIMEOUT_MS },
    );
  const retry = (alertIds: readonly number[]) =>
    database.query('SELECT change_alerts($1)', [
      JSON.stringify({
        action: 'RETRY',
        targets: alertIds.map((alert_id) => ({ alert_id })),
        actor: 'kim',
        source: 'api',
      }),
    ]);
  const results = async () => {
    const messages = await consume(
      brokers,
      `${prefix}actions`,
      await countRecords(brokers, `${prefix}actions`),
    );
    return messages.map(({ value }) => JSON.parse(String(value))).filter(({ type }) => type === 'result');
  };
  return { brokers, prefix, database, processor, send, alertsIn, retry, results };
}

test(
  'a record that was too large is rejected again, and accepted once the limit is raised',
  async () => {
    const { brokers, prefix, database, processor, send, alertsIn, retry, results } = await world();
    const first = await processor({ HOLDFAST_MAX_RECORD_BYTES: '1024' });
    await send(JSON.stringify(created('large', 0, { note: 'x'.repeat(2000) })));
    const alerts = await alertsIn('OPEN', 0);
    await retry(alerts);
    await alertsIn('OPEN', 2);
    await first.terminate();

    await processor();
    await retry(alerts);
    await alertsIn('RESOLVED', 4);
    expect(await resultsOf(database)).toEqual([
      expect.stringMatching(/^FAILED RECORD_REJECTED/),
      'DONE RECORD_ACCEPTED the record was accepted',
    ]);
    const { rows } = await database.query('SELECT order_id FROM orders');
    expect(rows).toEqual([{ order_id: 'large' }]);
    const records = await consume(brokers, `${prefix}orders`, 3);
    expect(records.map(({ key, value }) => `${key} ${value?.length}`)).toEqual(
      Array.from({ length: 3 }, () => `the key ${records[0]?.value?.length}`),
    );
    await eventually('both results', async () => (await results()).length === 2);
  },
  TIMEOUT_MS,
);

test(
  'a record that Kafka does not take a second time fails, and nothing waits for it',
  async () => {
    const { brokers, prefix, database, processor, alertsIn, retry } = await world();
    await processor();
    // It came compressed; sent as it is, it is over the 8 MiB of the topic.
    await produce(brokers, `${prefix}orders`, [{ key: 'k', value: Buffer.alloc(9 * 1024 * 1024, ' ') }], 1);
    await retry(await alertsIn('OPEN', 0));
    await alertsIn('OPEN', 2);
    expect(await resultsOf(database)).toEqual([
      expect.stringMatching(/^FAILED RECORD_REFUSED Kafka refuses the record: ./),
    ]);
    const { rows } = await database.query(`SELECT topic FROM kafka_outbox WHERE state = 'dead'`);
    expect(rows).toEqual([{ topic: 'orders' }]);
  },
  TIMEOUT_MS,
);

test(
  'a processor that is killed between command and result leaves one result for each command',
  async () => {
    const orders = 150;
    const { database, processor, send, alertsIn, retry, results } = await world();
    let running = await processor();
    for (let i = 0; i < orders; i += 1)
      await send(
        JSON.stringify(created(`o${i}`, i * 60_000_000, { shipping_address: '?', user_id: `u${i}` })),
      );
    await eventually('all holds', async () => (await alertsIn('OPEN', 0)).length === orders);
    await retry(await alertsIn('OPEN', 0));
    const killedAt: number[] = [];
    for (const share of [0.3]) {
      await eventually(`${share} of the results`, async () => (await finished(database)) >= share * orders, {
        everyMs: 5,
        timeoutMs: TIMEOUT_MS,
        explain: running.log,
      });
      await running.kill();
      killedAt.push(await finished(database));
      running = await processor();
    }
    expect(Math.min(...killedAt), 'results at the first kill').toBeLessThan(orders);
    await eventually('all results', async () => (await finished(database)) === orders);
    const { rows } = await database.query(
      `SELECT count(*) AS actions, count(DISTINCT alert_id) AS alerts FROM alert_actions WHERE action = 'RETRY_FAILED'`,
    );
    expect(rows).toEqual([{ actions: orders, alerts: orders }]);
    expect(await alertsIn('OPEN', 2)).toHaveLength(orders);
    await eventually('an empty outbox', async () => {
      const { rows: left } = await database.query('SELECT FROM kafka_outbox');
      return left.length === 0;
    });
    const distinct = new Set((await results()).map((result) => JSON.stringify(result)));
    expect(distinct.size).toBe(orders);
  },
  TIMEOUT_MS,
);

async function finished(database: ReturnType<typeof processorDatabase>): Promise<number> {
  const { rows } = await database.query<{ done: number }>(
    `SELECT count(*) AS done FROM actions WHERE status IN ('DONE', 'FAILED')`,
  );
  return rows[0]?.done ?? 0;
}
