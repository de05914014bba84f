import { beforeEach, expect, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { codeOf } from '../../platform/errors/classify.ts';
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

const MINUTE = 60_000_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ORDERS: Partition = { topic: 'orders', partition: 0 };
const TIMEOUT_MS = 60_000;

let database: Database | undefined;
let db: Database;
let stage: SequenceStage;
let offset = 0;

/** What it makes of an order named bad, the database does not take; nor, if time is bad, anything at all. */
class RefusedFollower extends RecordingFollower {
  private refused = false;
  private readonly badTime: boolean;

  constructor(badTime: boolean) {
    super();
    this.badTime = badTime;
  }

  override observe(milestone: Parameters<RecordingFollower['observe']>[0]): void {
    super.observe(milestone);
    this.refused ||= milestone.order.orderId.startsWith('bad');
  }

  override async persist(connection: Parameters<RecordingFollower['persist']>[0]): Promise<void> {
    await super.persist(connection);
    if (this.refused || this.badTime) await connection.query({ text: `SELECT $1::integer`, values: ['1.5'] });
  }
}

beforeEach(async () => {
  database ??= processorDatabase((await freshDatabase()).url);
  db = database;
  await createFollowedTable(db);
  await emptyTables(db);
  await db.query('TRUNCATE followed');
  offset = 0;
});

async function begin(badTime = false): Promise<void> {
  stage = new SequenceStage(db, [ORDERS], MIDNIGHT + 5 * DAY);
  stage.sliceSize = 16;
  stage.sequencer('one', db, () => [new RefusedFollower(badTime)]);
  await stage.begin();
}

async function deliver(messages: readonly Record<string, unknown>[], watermark: string): Promise<void> {
  const timestampMs = Date.parse('2026-03-04T00:00:00Z');
  const records = messages.map((json) => recordAt(offset++, JSON.stringify(json), { timestampMs }));
  const headers = { 'holdfast-watermark': Buffer.from(watermark) };
  await stage.deliver(ORDERS, [...records, recordAt(offset++, null, { headers })]);
}

/** As the sequencer does by itself, without the waits. @returns how many passes failed */
async function followStubbornly(most = 60): Promise<number> {
  for (let failures = 0; ; ) {
    try {
      await stage.follow();
      return failures;
    } catch (error) {
      expect(codeOf(error)).toBe('22P02');
      failures += 1;
      if (failures > most) throw error;
    }
  }
}

async function followed(): Promise<string[]> {
  return (await followedMilestones(db)).map(({ milestone: { kind, order } }) => `${kind} ${order.orderId}`);
}

const orders = Array.from({ length: 30 }, (_, i) => (i === 11 ? 'bad' : `o${i}`));

test(
  'one order that the database refuses stops no other, and is told of once',
  async () => {
    await begin();
    await deliver(
      orders.map((order_id, i) => created(order_id, 9 * HOUR + i * MINUTE)),
      '2026-03-02T12:00:00Z',
    );
    expect(await followStubbornly()).toBeGreaterThanOrEqual(5);
    expect(await followed()).toEqual(orders.filter((id) => id !== 'bad').map((id) => `CREATED ${id}`));
    const { rows: alerts } = await db.query(`SELECT kind, evidence FROM alerts`);
    expect(alerts).toMatchObject([
      {
        kind: 'PIPELINE',
        evidence: { order_ids: 'bad', milestones: 1, reason: expect.stringContaining('integer') },
      },
    ]);
    const counted = await stage.metrics.sequence.setAside.get();
    expect(counted.values).toMatchObject([{ labels: { kind: 'CREATED' }, value: 1 }]);
  },
  TIMEOUT_MS,
);

test(
  'a late one is set aside as well, and the late ones beside it are followed',
  async () => {
    await begin();
    await deliver([created('o1', 9 * HOUR)], '2026-03-02T12:00:00Z');
    await stage.follow();
    const late = ['o2', 'bad late', 'o3'].map((id, i) => created(id, 8 * HOUR + i * MINUTE));
    await deliver([...late, said('PAID', 13 * HOUR)], '2026-03-02T14:00:00Z');
    await followStubbornly();
    expect((await followed()).toSorted()).toEqual(['APPROVED o1', 'CREATED o1', 'CREATED o2', 'CREATED o3']);
    expect((await db.query('SELECT FROM late_milestones')).rows).toEqual([]);
    expect((await db.query('SELECT FROM alerts')).rows).toHaveLength(1);
  },
  TIMEOUT_MS,
);

test(
  'nothing is set aside where time cannot pass without it either',
  async () => {
    await begin(true);
    await deliver([created('o1', 9 * HOUR)], '2026-03-02T12:00:00Z');
    await expect(followStubbornly(25)).rejects.toThrow('integer');
    expect((await db.query('SELECT FROM alerts')).rows).toEqual([]);
  },
  TIMEOUT_MS,
);
