import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Milestone } from '../../domain/delivery/milestone.ts';
import { compareMilestones } from '../../domain/delivery/milestone-order.ts';
import type { Database } from '../../platform/database/database.ts';
import type { KafkaRecord } from '../../processor/ingest/kafka-record.ts';
import { freshDatabase } from '../support/database.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { milestones, type References } from '../support/oracle/milestones.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { createFollowedTable, followedMilestones } from '../support/sequence/recording-follower.ts';
import { type Partition, SequenceStage } from '../support/sequence/sequence-stage.ts';
import {
  type Course,
  course,
  LATENESS,
  partitionLogs,
  type Sent,
  sentRecords,
  understood,
} from '../support/traffic/event-time.ts';
import { seeded, split } from '../support/traffic/shuffle.ts';
import { NOW } from '../support/traffic/times.ts';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 15);
const TIMEOUT_MS = 60_000 + RUNS * 10_000;

const REFERENCES: References = {
  products: { p1: { category: 'toys', weightG: 300, volumeCm3: 1200 } },
  sellers: { s1: { zip: '04524', city: 'Seoul', state: '서울' } },
  zips: {
    '04524': { latitude: 37.56, longitude: 126.97, city: 'Jung-gu', state: 'SEOUL' },
    '06234': { latitude: 37.5, longitude: 127.03, city: 'Gangnam', state: 'SEOUL' },
  },
};

let database: Database;

beforeAll(async () => {
  const { url } = await freshDatabase();
  database = processorDatabase(url);
  await createFollowedTable(database);
});

async function storeReferences(): Promise<void> {
  for (const [id, { category, weightG, volumeCm3 }] of Object.entries(REFERENCES.products))
    await database.query(
      'INSERT INTO products (product_id, category, weight_g, volume_cm3) VALUES ($1, $2, $3, $4)',
      [id, category, weightG, volumeCm3],
    );
  for (const [id, { zip, city, state }] of Object.entries(REFERENCES.sellers))
    await database.query('INSERT INTO sellers (seller_id, zip, city, state) VALUES ($1, $2, $3, $4)', [
      ...[id, zip, city, state],
    ]);
  for (const [zip, { latitude, longitude, city, state }] of Object.entries(REFERENCES.zips))
    await database.query(
      'INSERT INTO zip_coordinates (zip, latitude, longitude, city, state) VALUES ($1, $2, $3, $4, $5)',
      [zip, latitude, longitude, city, state],
    );
}

/** Delivers all logs in batches, partitions interleaved, with passes of instances that come and go between them. */
async function run(logs: ReadonlyMap<Partition, KafkaRecord[]>, how: Course): Promise<Milestone[]> {
  await emptyTables(database);
  await storeReferences();
  const next = seeded(how.seed ^ 0x5bd1e995);
  const stage = new SequenceStage(database, [...logs.keys()], NOW, {
    HOLDFAST_ALLOWED_LATENESS_SECONDS: String(LATENESS / 1e6),
  });
  stage.sliceSize = how.sliceSize;
  await stage.begin();
  const queues = [...logs].map(([partition, log]) => ({
    partition,
    batches: split(log, how.seed, how.longestBatch),
  }));
  while (queues.some(({ batches }) => batches.length > 0)) {
    const queue = queues[Math.floor(next() * queues.length)]!;
    const batch = queue.batches.shift();
    if (batch !== undefined) await stage.deliver(queue.partition, batch);
    else if (how.marking === 'wrong' && next() < 0.3) await stage.silence(queue.partition);
    if (next() < 0.3) await stage.sequencer(`i${Math.floor(next() * 2)}`).step();
    if (next() < 0.05) await stage.kill(`i${Math.floor(next() * 2)}`);
    if (next() < 0.05) await stage.endLease();
  }
  await stage.kill('i0');
  await stage.follow('i1');
  return (await followedMilestones(database)).map(({ milestone }) => milestone);
}

function asStored(list: readonly Milestone[]): Milestone[] {
  return JSON.parse(JSON.stringify(list));
}

async function inOrder(records: readonly Sent[], how: Course): Promise<void> {
  const followed = await run(partitionLogs(records, how), how);
  const { events, reviews } = understood(records);
  expect(followed).toEqual(asStored(milestones(events, reviews, REFERENCES)));
}

it(
  'milestones are followed as if they had been sorted, each with its order as it was, however the records come',
  () => fc.assert(fc.asyncProperty(sentRecords, course('explicit', 'ordinary'), inOrder), { numRuns: RUNS }),
  TIMEOUT_MS,
);

/** Reviews of an order, and everything else once. */
function keyOf({ kind, at, order, score }: Milestone): string {
  return JSON.stringify(kind === 'REVIEWED' ? [kind, order.orderId, at, score] : [kind, order.orderId]);
}

it(
  'each milestone is followed once, however wrong the watermarks were, and those in time stay in order',
  () =>
    fc.assert(
      fc.asyncProperty(sentRecords, course('wrong'), async (records, how) => {
        const followed = await run(partitionLogs(records, how), how);
        const { events, reviews } = understood(records);
        const expected = milestones(events, reviews, REFERENCES);
        expect(followed.map(keyOf).toSorted()).toEqual(expected.map(keyOf).toSorted());
        const shown = await followedMilestones(database);
        const inTime = shown.filter((one) => one.inTime);
        expect(inTime.every(({ now, milestone }) => now === milestone.at)).toBe(true);
        const sorted = inTime.map(({ milestone }) => milestone).toSorted(compareMilestones);
        expect(inTime.map(({ milestone }) => keyOf(milestone))).toEqual(sorted.map(keyOf));
      }),
      { numRuns: RUNS },
    ),
  TIMEOUT_MS,
);
