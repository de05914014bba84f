import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import type { KafkaRecord } from '../../processor/ingest/kafka-record.ts';
import { OutcomesFollower } from '../../processor/sequence/outcomes-follower.ts';
import { freshDatabase } from '../support/database.ts';
import { recordAt } from '../support/drive-batches.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { created, MIDNIGHT, said } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import {
  createFollowedTable,
  followedMilestones,
  RecordingFollower,
} from '../support/sequence/recording-follower.ts';
import { type Partition, SequenceStage } from '../support/sequence/sequence-stage.ts';

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
const ORDERS: Partition = { topic: 'orders', partition: 0 };
const REVIEWS: Partition = { topic: 'reviews', partition: 0 };
const PAYMENTS: Partition = { topic: 'payments', partition: 0 };
const RIDERS: Partition = { topic: 'riders', partition: 0 };

let database: Database;
let stage: SequenceStage;

beforeAll(async () => {
  database = processorDatabase((await freshDatabase()).url);
  await createFollowedTable(database);
});

beforeEach(async () => {
  await emptyTables(database);
  stage = new SequenceStage(database, [ORDERS, REVIEWS], MIDNIGHT + 5 * DAY);
  stage.sequencer('one', database, () => [new RecordingFollower(), new OutcomesFollower()]);
  await stage.begin();
});

function message(offset: number, json: Record<string, unknown>): KafkaRecord {
  const timestampMs = Date.parse('2026-03-04T00:00:00Z');
  return recordAt(offset, JSON.stringify(json), { timestampMs });
}

function headed(offset: number, watermark: string, value: string | null = null): KafkaRecord {
  return recordAt(offset, value, { headers: { 'holdfast-watermark': Buffer.from(watermark) } });
}

async function followed(): Promise<string[]> {
  const shown = await followedMilestones(database);
  return shown.map(({ milestone: { kind, order } }) => `${kind} ${order.orderId}`);
}

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  return (await database.query(sql)).rows;
}

/** All is followed up to noon. */
async function upToNoon(...records: Record<string, unknown>[]): Promise<void> {
  const list = records.map((json, offset) => message(offset, json));
  await stage.deliver(ORDERS, [...list, headed(list.length, '2026-03-02T12:00:00Z')]);
  await stage.deliver(REVIEWS, [headed(0, '2026-03-02T12:00:00Z')]);
  await stage.follow();
}

describe('a record with a watermark', () => {
  test('is no event, no raw row and not rejected, on any topic', async () => {
    await stage.deliver(ORDERS, [headed(0, '2026-03-02T12:00:00Z'), headed(1, 'end')]);
    await stage.deliver(PAYMENTS, [headed(0, '2026-03-02T12:00:00Z')]);
    for (const table of ['orders_raw', 'events', 'pipeline_error_logs', 'alerts'])
      expect(await rows(`SELECT FROM ${table}`)).toEqual([]);
    expect(
      await rows(
        'SELECT topic, next_offset, watermark, watermark_explicit FROM consumer_offsets ORDER BY topic',
      ),
    ).toEqual([
      { topic: 'orders', next_offset: 2, watermark: MIDNIGHT + 12 * HOUR, watermark_explicit: false },
      { topic: 'payments', next_offset: 1, watermark: MIDNIGHT + 12 * HOUR, watermark_explicit: true },
      { topic: 'reviews', next_offset: 0, watermark: null, watermark_explicit: false },
    ]);
  });

  test('is rejected, with what is wrong, when it is malformed', async () => {
    const twice = recordAt(2, null, { headers: { 'holdfast-watermark': [Buffer.from('end'), 'end'] } });
    await stage.deliver(ORDERS, [
      headed(0, 'noon'),
      headed(1, 'end', '{}'),
      twice,
      headed(3, '2026-03-09T00:00:00Z'),
    ]);
    const kept = await rows('SELECT error_type, error_text FROM pipeline_error_logs ORDER BY kafka_offset');
    expect(kept.map((row) => row.error_type)).toEqual(Array(4).fill('SCHEMA_INVALID'));
    expect(kept.map((row) => row.error_text)).toEqual([
      expect.stringContaining('must be an ISO 8601 time with an offset, or end, not "noon"'),
      expect.stringContaining('must have no value'),
      expect.stringContaining('must have one value'),
      expect.stringContaining('is more than 24 h ahead'),
    ]);
  });
});

describe('event time', () => {
  test('stands still while a partition has said nothing; has come as far as the latest when all are silent', async () => {
    await stage.deliver(ORDERS, [message(0, created('o1', HOUR)), headed(1, '2026-03-02T12:00:00Z')]);
    await stage.follow();
    expect(await followed()).toEqual([]);
    await stage.deliver(ORDERS, [headed(2, 'end')]);
    await stage.silence(ORDERS);
    await stage.follow();
    expect(await followed()).toEqual([]);
    await stage.silence(REVIEWS);
    await stage.follow();
    expect(await followed()).toEqual(['CREATED o1']);
  });

  test('is an allowed lateness behind the latest event, and does not wait for the silent', async () => {
    await stage.deliver(ORDERS, [
      message(0, created('o1', HOUR)),
      message(1, created('o2', HOUR + 60_000_000)),
    ]);
    await stage.silence(REVIEWS);
    await stage.follow();
    expect(await followed()).toEqual([]);
    await stage.deliver(ORDERS, [message(2, created('o3', HOUR + 60_000_001))]);
    await stage.follow();
    expect(await followed()).toEqual(['CREATED o1']);
  });

  test('waits for a silent partition whose producer says how far it is', async () => {
    await stage.deliver(ORDERS, [message(0, created('o1', HOUR)), headed(1, '2026-03-02T12:00:00Z')]);
    await stage.deliver(REVIEWS, [headed(0, '2026-03-02T00:30:00Z')]);
    await stage.silence(REVIEWS);
    await stage.follow();
    expect(await followed()).toEqual([]);
  });
});

describe('a late milestone', () => {
  test('is followed at the next pass, once', async () => {
    await upToNoon(created('o1', 9 * HOUR));
    await stage.deliver(ORDERS, [
      message(2, said('PAID', 10 * HOUR)),
      message(3, said('PAID', 10 * HOUR)),
      message(4, said('PICKING', 11 * HOUR)),
    ]);
    await stage.follow();
    expect(await followed()).toEqual(['CREATED o1', 'APPROVED o1']);
    const [counted] = (await stage.metrics.sequence.late.get()).values;
    expect(counted).toMatchObject({ labels: { kind: 'APPROVED' }, value: 1 });
  });

  test('is not followed again when it is only dated back', async () => {
    await upToNoon(created('o1', 9 * HOUR), said('PAID', 10 * HOUR));
    await stage.deliver(ORDERS, [message(3, said('PAID', 9.5 * HOUR, { event_id: 'earlier' }))]);
    await stage.follow();
    expect(await followed()).toEqual(['CREATED o1', 'APPROVED o1']);
    expect(await rows('SELECT FROM late_milestones')).toEqual([]);
  });

  test('that was expected later is followed once, at its earlier time', async () => {
    await upToNoon(created('o1', 9 * HOUR), said('PAID', 13 * HOUR));
    await stage.deliver(ORDERS, [
      message(3, said('PAID', 9.5 * HOUR, { event_id: 'earlier' })),
      headed(4, '2026-03-02T14:00:00Z'),
    ]);
    await stage.deliver(REVIEWS, [headed(1, '2026-03-02T14:00:00Z')]);
    await stage.follow();
    const shown = await followedMilestones(database);
    expect(shown.map(({ milestone }) => [milestone.kind, milestone.at - MIDNIGHT])).toEqual([
      ['CREATED', 9 * HOUR],
      ['APPROVED', 9.5 * HOUR],
    ]);
  });

  test('leaves nothing behind when the topic is read again', async () => {
    await upToNoon(created('o1', 9 * HOUR), said('PAID', 10 * HOUR), said('DELIVERED', 11 * HOUR));
    await database.query(`UPDATE consumer_offsets SET next_offset = 0 WHERE topic = 'orders'`);
    await upToNoon(created('o1', 9 * HOUR), said('PAID', 10 * HOUR), said('DELIVERED', 11 * HOUR));
    expect(await followed()).toEqual(['CREATED o1', 'APPROVED o1', 'DELIVERED o1']);
    expect(await rows('SELECT FROM late_milestones')).toEqual([]);
  });

  test('of a decision is followed, though its topic takes no part in event time', async () => {
    await upToNoon(created('o1', 9 * HOUR));
    const decision = {
      ...{ event_type: 'CANCELED', event_id: 'decision/EXTERNAL/1/o1', order_id: 'o1', episode: 1 },
      ...{ reason_code: 'EXTERNAL', occurred_at: '2026-03-02T10:00:00Z', opened_at: '2026-03-02T09:30:00Z' },
      ...{ evidence: {}, decided_by: 'kim', source: 'slack', note: null, alert_id: 1 },
    };
    await stage.deliver({ topic: 'holds', partition: 0 }, [message(0, decision)]);
    await stage.follow();
    expect(await followed()).toEqual(['CREATED o1', 'CANCELED o1']);
  });
});

test('a delivered order leaves its outcome, with what was known of it', async () => {
  await database.query(
    `INSERT INTO products (product_id, category, weight_g, volume_cm3) VALUES ('p1', 'toys', 300, 1200)`,
  );
  await database.query(`INSERT INTO sellers (seller_id, zip, state) VALUES ('s1', '04524', 'Seoul')`);
  await database.query(
    `INSERT INTO zip_coordinates (zip, latitude, longitude) VALUES ('04524', 37.5665, 126.978), ('48058', 35.1796, 129.0756)`,
  );
  const items = [{ product_id: 'p1', seller_id: 's1', quantity: 2, price: 10 }];
  await upToNoon(
    created('o1', 8 * HOUR, { items, region: 'Busan', customer_zip: '48058', amount: 23 }),
    said('PAID', 9 * HOUR),
    said('SHIPPED', 8.5 * HOUR),
    said('DELIVERED', 11 * HOUR),
  );
  const [outcome] = await rows('SELECT * FROM delivery_outcomes');
  expect(outcome).toMatchObject({
    ...{ order_id: 'o1', seller_id: 's1', product_id: 'p1', category: 'toys', region: 'Busan' },
    ...{ seller_state: 'Seoul', customer_zip: '48058', seller_zip: '04524', weight_g: 600, volume_cm3: 2400 },
    ...{ amount: 23, created_at: MIDNIGHT + 8 * HOUR, approved_at: MIDNIGHT + 9 * HOUR },
    // Handed over before it was approved: that cannot be.
    ...{ handed_over_at: null, delivered_at: MIDNIGHT + 11 * HOUR, promised_at: null },
  });
  expect(outcome?.distance_km).toBeCloseTo(325, 0);
});

test('topics of facts take part in event time, and what comes late is kept and counted', async () => {
  const rider = { rider_id: 'r1', event_type: 'ONLINE' };
  const heardAt = (hour: string) => ({ ...rider, occurred_at: `2026-03-02T${hour}:00:00Z` });
  await stage.deliver(RIDERS, [message(0, heardAt('09')), headed(1, '2026-03-02T12:00:00Z')]);
  const { counts } = await stage.deliver(RIDERS, [message(2, heardAt('11')), message(3, heardAt('13'))]);
  expect(counts).toEqual([{ duplicates: 0, tooLate: 0, late: 1, holdsOpened: {} }]);
  expect(await rows('SELECT watermark FROM consumer_offsets WHERE topic = $$riders$$')).toEqual([
    { watermark: MIDNIGHT + 12 * HOUR },
  ]);
  expect(await rows('SELECT rider_id FROM riders')).toHaveLength(3);
});

test('payments and reviews are kept once, with the complaints of the latter', async () => {
  const payment = { order_id: 'o1', event_type: 'APPROVED', occurred_at: '2026-03-02T09:00:00Z', amount: 5 };
  await stage.deliver(PAYMENTS, [
    message(0, payment),
    message(1, payment),
    message(2, { ...payment, amount: 6 }),
  ]);
  expect(await rows('SELECT amount FROM payments ORDER BY amount')).toEqual([{ amount: 5 }, { amount: 6 }]);
  const review = { order_id: 'o1', score: 1, occurred_at: '2026-03-02T09:00:00Z', comment: 'arrived late' };
  await stage.deliver(REVIEWS, [message(0, review), message(1, review), message(2, { ...review, score: 9 })]);
  expect(await rows('SELECT score, reasons FROM reviews')).toEqual([{ score: 1, reasons: ['LATE'] }]);
  expect(await rows('SELECT topic FROM orders_raw ORDER BY topic')).toHaveLength(5);
  expect(await rows('SELECT error_type FROM pipeline_error_logs')).toEqual([
    { error_type: 'SCHEMA_INVALID' },
  ]);
});
