import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { freshDatabase } from '../support/database.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { auditOf, orderView, resultsOf } from '../support/held-orders.ts';
import { MemoryTopics } from '../support/memory-topics.ts';
import { created } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';

const LARGE = created('large', 0, { note: 'x'.repeat(2000) });
const SMALL_LIMIT = { HOLDFAST_MAX_RECORD_BYTES: '1024' };

let database: Database | undefined;
let db: Database;
let topics: MemoryTopics;

beforeEach(async () => {
  database ??= processorDatabase((await freshDatabase()).url);
  db = database;
  await emptyTables(db);
  topics = new MemoryTopics(db, SMALL_LIMIT);
});

interface StoredAlert {
  alert_id: number;
  status: string;
  version: number;
  evidence: Record<string, unknown>;
}

async function alerts(): Promise<StoredAlert[]> {
  const { rows } = await db.query<StoredAlert & Record<string, unknown>>(
    'SELECT alert_id, status, version, evidence FROM alerts ORDER BY alert_id',
  );
  return rows;
}

async function reject(value: unknown): Promise<StoredAlert> {
  topics.append('orders', value, { key: Buffer.from('the key'), headers: { source: Buffer.from('shop') } });
  await topics.settle();
  return (await alerts()).at(-1)!;
}

const retry = (alertId: number) => topics.act({ action: 'RETRY', alerts: [alertId] });

const raiseLimit = () => {
  topics = new MemoryTopics(db, {}, topics.logs);
};

async function logs(): Promise<number> {
  const { rows } = await db.query<{ logs: number }>('SELECT count(*) AS logs FROM pipeline_error_logs');
  return rows[0]!.logs;
}

describe('RETRY of a rejected record', () => {
  test('sends it again as it came, and resolves the alert when it is accepted', async () => {
    const { alert_id } = await reject(LARGE);
    raiseLimit();
    expect(await retry(alert_id)).toEqual(['done']);
    const [original, again] = topics.logs.get('orders')!;
    expect(again).toMatchObject({ key: original!.key, value: original!.value });
    expect(again?.headers).toEqual({
      source: Buffer.from('shop'),
      'holdfast-retry': Buffer.from(`retry-${alert_id}-1`),
    });
    expect(await orderView(db, 'large')).toBe('CREATED');
    expect(await alerts()).toMatchObject([{ status: 'RESOLVED', version: 2 }]);
    expect(await resultsOf(db)).toEqual(['DONE RECORD_ACCEPTED the record was accepted']);
    expect((await auditOf(db, alert_id)).at(-1)).toBe(
      'RETRY_SUCCEEDED holdfast auto RETRY_REQUESTED>RESOLVED the record was accepted',
    );
    expect(topics.messages('actions').at(-1)).toMatchObject({ type: 'result', outcome: 'succeeded' });
  });

  test('opens the alert again, with the reason, when it is rejected again; there is no second alert', async () => {
    const { alert_id, evidence } = await reject(LARGE);
    await retry(alert_id);
    expect(await alerts()).toEqual([{ alert_id, status: 'OPEN', version: 2, evidence }]);
    expect(await resultsOf(db)).toEqual([
      expect.stringMatching(/^FAILED RECORD_REJECTED rejected again: the record has \d+ bytes/),
    ]);
    expect(await logs()).toBe(2);
    expect(topics.logs.get('dead-letters')).toHaveLength(2);
    await retry(alert_id);
    raiseLimit();
    await retry(alert_id);
    expect(await alerts()).toMatchObject([{ status: 'RESOLVED', version: 6 }]);
  });

  test('is not confused by copies of the record', async () => {
    const { alert_id } = await reject(LARGE);
    await topics.ask({ action: 'RETRY', alerts: [alert_id] });
    await topics.relay();
    await topics.process('actions');
    await topics.relay(false);
    await topics.relay();
    expect(topics.logs.get('orders')).toHaveLength(3);
    await topics.settle();
    expect(await alerts()).toMatchObject([{ status: 'OPEN', version: 2 }]);
    topics.logs.get('orders')!.push({ ...topics.logs.get('orders')![1]!, offset: 3 });
    raiseLimit();
    await topics.settle();
    expect(await orderView(db, 'large')).toBe('CREATED');
    expect(await alerts()).toMatchObject([{ status: 'OPEN', version: 2 }]);
    expect(topics.messages('actions').filter(({ type }) => type === 'result')).toHaveLength(1);
  });

  test('sends it once, however often the command comes', async () => {
    const { alert_id } = await reject(LARGE);
    await topics.ask({ action: 'RETRY', alerts: [alert_id] });
    await topics.relay(false);
    await topics.relay();
    await topics.process('actions');
    await topics.process('actions');
    await topics.settle();
    expect(topics.logs.get('orders')).toHaveLength(2);
  });

  test('fails at once for a record without a value', async () => {
    const { alert_id } = await reject(null);
    await retry(alert_id);
    expect(topics.logs.get('orders')).toHaveLength(1);
    expect(await resultsOf(db)).toEqual([
      'FAILED RECORD_EMPTY the record has no value: there is nothing to send again',
    ]);
    expect(await alerts()).toMatchObject([{ status: 'OPEN', version: 2 }]);
  });

  test('fails at once for a topic that is not read here', async () => {
    const { alert_id } = await reject(LARGE);
    await db.query(`UPDATE pipeline_error_logs SET kafka_topic = 'anomalies'`);
    await retry(alert_id);
    expect(await resultsOf(db)).toEqual(['FAILED TOPIC_UNKNOWN topic anomalies is not read here']);
  });

  test('works for the messages of Holdfast itself', async () => {
    topics.append('holds', { event_type: 'CANCELED', decided_by: 'kim' });
    await topics.settle();
    await retry((await alerts()).at(-1)!.alert_id);
    expect(topics.logs.get('holds')).toHaveLength(2);
    expect(await alerts()).toMatchObject([{ status: 'OPEN', version: 2 }]);
  });
});

describe('the header of another record', () => {
  const header = (name: string) => ({ headers: { 'holdfast-retry': Buffer.from(name) } });

  test('is just a header', async () => {
    const { alert_id } = await reject(LARGE);
    await topics.ask({ action: 'RETRY', alerts: [alert_id] });
    await topics.relay();
    await topics.process('actions');
    topics.append('orders', Buffer.from('no JSON'), header(`retry-${alert_id}-1`));
    topics.append('orders', created('sound', 0), header(`retry-${alert_id}-1`));
    await topics.process('orders');
    expect(await alerts()).toMatchObject([{ status: 'RETRY_REQUESTED' }, { status: 'OPEN', version: 0 }]);
    expect(await orderView(db, 'sound')).toBe('CREATED');
  });

  test.each(['retry-999-1', 'nonsense', '', '\u0000', "'; DROP TABLE alerts; --", 'retry-1-1'.repeat(100)])(
    'that names nothing is just a header: %j',
    async (name) => {
      topics.append('orders', Buffer.from('no JSON'), header(name));
      topics.append('orders', created('sound', 0), header(name));
      await topics.settle();
      expect(await alerts()).toMatchObject([
        { status: 'OPEN', version: 0, evidence: { error_type: 'PARSE_ERROR' } },
      ]);
      expect(await orderView(db, 'sound')).toBe('CREATED');
    },
  );
});
