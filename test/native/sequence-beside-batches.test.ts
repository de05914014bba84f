import { beforeAll, beforeEach, describe, expect } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import type { KafkaRecord } from '../../processor/ingest/kafka-record.ts';
import { readPosition } from '../../processor/sql/read-position.ts';
import { freshDatabase, skipUnlessNative } from '../support/database.ts';
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
import { halted, Stop, stoppingBefore } from '../support/stepped-database.ts';

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
const LEFT: Partition = { topic: 'orders', partition: 0 };
const RIGHT: Partition = { topic: 'orders', partition: 1 };

/** Where a batch may be when a pass comes by, from before it has anything to its commit. */
const STEPS = ['BEGIN', 'claim_position', 'insert_raw', 'insert_events', 'write_orders', 'COMMIT'];

let batches: Database;
let passes: Database;
let watcher: Database;
let stage: SequenceStage;

beforeAll(async () => {
  const { url, native } = await freshDatabase();
  if (!native) return;
  batches = processorDatabase(url, 'batches');
  passes = processorDatabase(url, 'passes');
  watcher = processorDatabase(url, 'watcher');
  await createFollowedTable(watcher);
});

beforeEach(async () => {
  if (watcher === undefined) return;
  await emptyTables(watcher);
  stage = new SequenceStage(watcher, [LEFT, RIGHT], MIDNIGHT + 5 * DAY);
  await stage.begin();
});

function message(offset: number, json: Record<string, unknown>): KafkaRecord {
  return recordAt(offset, JSON.stringify(json));
}

function watermark(offset: number, text: string): KafkaRecord {
  return recordAt(offset, null, { headers: { 'holdfast-watermark': Buffer.from(text) } });
}

/** `kind order` of what followers were shown. */
async function followed(): Promise<string[]> {
  const shown = await followedMilestones(watcher);
  return shown.map(({ milestone: { kind, order } }) => `${kind} ${order.orderId}`);
}

/** An order on the right that is paid at 10 o'clock, which event time is made to pass. */
async function beginRight(): Promise<void> {
  await stage.deliver(RIGHT, [
    message(0, created('right', 9 * HOUR)),
    message(1, said('PAID', 10 * HOUR, { order_id: 'right' })),
    watermark(2, '2026-03-02T12:00:00Z'),
  ]);
}

describe('a pass beside an open batch', () => {
  for (const step of STEPS) {
    skipUnlessNative(`waits for what its partition has not said yet (before ${step})`, async () => {
      await stage.deliver(LEFT, [watermark(0, '2026-03-02T08:00:00Z')]);
      await beginRight();
      const stop = new Stop();
      const records = [message(1, created('left', 9 * HOUR)), watermark(2, '2026-03-02T12:00:00Z')];
      const batch = stage.deliver(LEFT, records, stoppingBefore(batches, step, stop));
      await stop.reached;
      await stage.follow();
      expect(await followed()).toEqual([]);
      stop.letOn();
      await batch;
      await stage.follow();
      expect(await followed()).toEqual(['CREATED left', 'CREATED right', 'APPROVED right']);
    });

    skipUnlessNative(`loses nothing of a partition that was taken for silent (before ${step})`, async () => {
      await beginRight();
      await stage.silence(LEFT);
      const stop = new Stop();
      const records = [message(0, created('left', 9 * HOUR)), watermark(1, '2026-03-02T12:00:00Z')];
      const batch = driveSilent(records, stop, step);
      await stop.reached;
      await stage.follow();
      stop.letOn();
      await batch;
      await stage.follow();
      expect((await followed()).toSorted()).toEqual(['APPROVED right', 'CREATED left', 'CREATED right']);
      const { rows } = await watcher.query('SELECT count(*) FROM late_milestones');
      expect(rows[0]?.count).toBe(0);
    });
  }

  /** A batch of a partition that passes go on taking for silent. */
  async function driveSilent(records: readonly KafkaRecord[], stop: Stop, step: string): Promise<void> {
    const { nextOffset } = await readPosition(watcher, LEFT.topic, LEFT.partition, 0);
    const batch = stage.deliver(LEFT, records, stoppingBefore(batches, step, stop));
    stage.takeForSilent(LEFT, nextOffset);
    await batch;
  }
});

describe('a batch beside an open pass', () => {
  skipUnlessNative('of a silent partition learns how far that takes it along', async () => {
    await beginRight();
    await stage.silence(LEFT);
    const stop = new Stop();
    const pass = stage.sequencer('one', stoppingBefore(passes, 'save_sequence', stop)).step();
    await stop.reached;
    const batch = stage.deliver(LEFT, [message(0, created('left', 9 * HOUR))], batches);
    expect(await halted(batch, null, watcher, 'batches')).toBe('waiting');
    stop.letOn();
    await Promise.all([pass, batch]);
    expect(await followed()).toEqual(['CREATED right', 'APPROVED right']);
    await stage.follow();
    expect(await followed()).toEqual(['CREATED right', 'APPROVED right', 'CREATED left']);
  });

  skipUnlessNative('begins a new partition no further back than the pass goes', async () => {
    await stage.deliver(LEFT, [watermark(0, '2026-03-02T12:00:00Z')]);
    await beginRight();
    const stop = new Stop();
    const pass = stage.sequencer('one', stoppingBefore(passes, 'save_sequence', stop)).step();
    await stop.reached;
    const added: Partition = { topic: 'orders', partition: 2 };
    const begun = readPosition(batches, added.topic, added.partition, 0);
    expect(await halted(begun, null, watcher, 'batches')).toBe('waiting');
    stop.letOn();
    await Promise.all([pass, begun]);
    await stage.deliver(added, [message(0, created('added', 9 * HOUR))]);
    await stage.follow();
    expect(await followed()).toEqual(['CREATED right', 'APPROVED right', 'CREATED added']);
  });
});

describe('two instances', () => {
  beforeEach(async () => {
    if (watcher === undefined) return;
    await stage.deliver(LEFT, [watermark(0, '2026-03-02T12:00:00Z')]);
    await beginRight();
  });

  const onAt = (database: Database, instance: string) =>
    stage.sequencer(instance, database, () => [new RecordingFollower()]);

  skipUnlessNative('of which one is in the middle of a pass: the other leaves it alone', async () => {
    const stop = new Stop();
    const first = onAt(stoppingBefore(passes, 'save_sequence', stop), 'first').step();
    await stop.reached;
    expect(await onAt(batches, 'second').step()).toBe(false);
    stop.letOn();
    await first;
    await onAt(batches, 'second').step();
    expect(await followed()).toEqual(['CREATED right', 'APPROVED right']);
  });

  skipUnlessNative('of which one dies in the middle of a pass: the other follows all of it', async () => {
    const stop = new Stop();
    const first = onAt(stoppingBefore(passes, 'save_sequence', stop), 'first').step();
    const outcome = expect(first).rejects.toThrow();
    await stop.reached;
    await watcher.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'holdfast-passes'`,
    );
    stop.letOn();
    await outcome;
    await stage.follow('second');
    expect(await followed()).toEqual(['CREATED right', 'APPROVED right']);
  });

  skipUnlessNative('that take turns remember what the other has learnt', async () => {
    await onAt(passes, 'first').step();
    await stage.endLease();
    await stage.deliver(RIGHT, [
      message(3, said('SHIPPED', 13 * HOUR, { order_id: 'right' })),
      watermark(4, '2026-03-02T14:00:00Z'),
    ]);
    await stage.deliver(LEFT, [watermark(1, '2026-03-02T15:00:00Z')]);
    await onAt(batches, 'second').step();
    await stage.endLease();
    await stage.deliver(RIGHT, [
      message(5, said('DELIVERED', 14.5 * HOUR, { order_id: 'right' })),
      watermark(6, '2026-03-02T15:00:00Z'),
    ]);
    await onAt(passes, 'first').step();
    expect(await followed()).toEqual([
      'CREATED right',
      'APPROVED right',
      'HANDED_OVER right',
      'DELIVERED right',
    ]);
  });
});
