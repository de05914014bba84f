import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../platform/config/load.ts';
import { type Database, openDatabase } from '../../platform/database/database.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { topicHandlers } from '../../processor/topics/handlers.ts';
import type { TopicHandler } from '../../processor/topics/topic-handler.ts';
import { freshDatabase } from '../support/database.ts';
import { oracle } from '../support/oracle/oracle.ts';
import { expectedState, storedState, withinTolerance } from '../support/oracle/stored-state.ts';
import { CONTRACT_THRESHOLDS, type KafkaRecord, type Thresholds } from '../support/oracle/types.ts';
import { Instances } from '../support/traffic/deliver.ts';
import { CATALOGUE } from '../support/traffic/pools.ts';
import { batches, type Delivery, type Draft, delivery, drafts, placed } from '../support/traffic/records.ts';
import { NOW } from '../support/traffic/times.ts';

/** Each run is some 20 transactions; PROPERTY_RUNS raises the number for a long search. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 25);
const TIMEOUT_MS = 60_000 + RUNS * 10_000;

/** The thresholds of the contracts, and ones so strict that nearly every order is held. */
interface Setting {
  handler: TopicHandler<unknown>;
  thresholds: Thresholds;
}

const STRICT: Thresholds = {
  userMoreThan: 1,
  userWindow: 5_000_000,
  userQuarantine: 10_000_000,
  productAtLeast: 2,
  productWindow: 1_000_000,
  lateAfter: 3_660_000_000,
};

let database: Database;
let settings: Setting[];

beforeAll(async () => {
  const { url } = await freshDatabase();
  database = openDatabase({
    url,
    poolSize: 2,
    program: 'test',
    logger: createLogger({ program: 'test', level: 'silent' }),
  });
  settings = [CONTRACT_THRESHOLDS, STRICT].map((thresholds) => ({
    handler: ordersHandlerOf(url, thresholds),
    thresholds,
  }));
  return () => database.end();
});

function ordersHandlerOf(url: string, thresholds: Thresholds): TopicHandler<unknown> {
  const config = loadConfig({
    DATABASE_URL: url,
    HOLDFAST_HOLD_USER_MORE_THAN: String(thresholds.userMoreThan),
    HOLDFAST_HOLD_USER_WINDOW_SECONDS: String(thresholds.userWindow / 1_000_000),
    HOLDFAST_HOLD_USER_QUARANTINE_SECONDS: String(thresholds.userQuarantine / 1_000_000),
    HOLDFAST_HOLD_PRODUCT_AT_LEAST: String(thresholds.productAtLeast),
    HOLDFAST_HOLD_PRODUCT_WINDOW_SECONDS: String(thresholds.productWindow / 1_000_000),
    HOLDFAST_LATE_AFTER_MINUTES: String(thresholds.lateAfter / 60_000_000),
  });
  return topicHandlers(config).find((one) => one.topic === 'orders')!;
}

async function emptyDatabase(): Promise<void> {
  const { rows } = await database.query<{ tables: string }>(
    `SELECT string_agg(format('%I', tablename), ', ') AS tables FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> 'schema_migrations'`,
  );
  await database.query(`TRUNCATE ${rows[0]?.tables} RESTART IDENTITY CASCADE`);
  const products = JSON.stringify([...CATALOGUE]);
  await database.query(
    `INSERT INTO products (product_id, opening_stock)
     SELECT e->>0, (e->>1)::integer FROM jsonb_array_elements($1::jsonb) AS e`,
    [products],
  );
}

async function deliverAll(
  records: readonly KafkaRecord[],
  how: Delivery,
  { handler }: Setting,
  isReplay = false,
): Promise<void> {
  const instances = new Instances(database, handler, NOW, isReplay);
  for (const batch of batches(records, how)) await instances.deliver(batch);
}

async function expectOraclesState(records: readonly KafkaRecord[], { thresholds }: Setting): Promise<void> {
  const output = oracle({ records, catalogue: CATALOGUE, thresholds, now: NOW });
  const expected = expectedState(output);
  expect(withinTolerance(await storedState(database), expected)).toEqual(expected);
}

async function check(list: readonly Draft[], how: Delivery, which: number): Promise<void> {
  const setting = settings[which]!;
  await emptyDatabase();
  const records = placed(list, how);
  await deliverAll(records, how, setting);
  await expectOraclesState(records, setting);
}

const setting = fc.constantFrom(0, 0, 1);

it(
  'the tables are those of the brute-force oracle, in whatever order, batches and instances the records come',
  () => fc.assert(fc.asyncProperty(drafts, delivery, setting, check), { numRuns: RUNS }),
  TIMEOUT_MS,
);

it(
  'the tables stay the same when the topic is replayed from its start, in other batches',
  () =>
    fc.assert(
      fc.asyncProperty(
        drafts,
        delivery,
        setting,
        fc.constantFrom(1, 5, 100),
        async (list, how, which, longestBatch) => {
          await check(list, how, which);
          await database.query('UPDATE consumer_offsets SET next_offset = 0');
          const records = placed(list, how);
          await deliverAll(records, { ...how, longestBatch }, settings[which]!, true);
          await expectOraclesState(records, settings[which]!);
        },
      ),
      { numRuns: Math.ceil(RUNS / 4) },
    ),
  TIMEOUT_MS,
);
