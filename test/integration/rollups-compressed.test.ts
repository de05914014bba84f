import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { refreshRollups } from '../../processor/rollups/refresh-rollups.ts';
import { freshDatabase } from '../support/database.ts';
import { LiveOrders } from '../support/live-orders.ts';
import { insertOldFacts } from '../support/old-facts.ts';
import { created, said } from '../support/oracle/example.ts';
import { oracle } from '../support/oracle/oracle.ts';
import { expectedState, storedState, withinTolerance } from '../support/oracle/stored-state.ts';
import { CONTRACT_THRESHOLDS } from '../support/oracle/types.ts';
import { ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';
import { expectRollupsOfFacts } from '../support/rollup-check.ts';
import { COMPRESSED } from '../support/schema-contract.ts';
import { HOUR, MINUTE, SECOND } from '../support/traffic/times.ts';

const EVERYTHING = { from: null, to: null };
const DAY_MS = 86_400_000;

let database: Database;
let orders: LiveOrders;

beforeEach(async () => {
  database = processorDatabase((await freshDatabase()).url);
  orders = new LiveOrders(database, ordersHandlerOf());
});

/** Compresses what the policies would, at once. @returns the tables that have compressed chunks now */
async function compress(): Promise<string[]> {
  const done: string[] = [];
  for (const table of COMPRESSED) {
    const { rowCount } = await database.query(
      `SELECT compress_chunk(c, if_not_compressed => true) FROM show_chunks('${table}', older_than => INTERVAL '90 days') AS c`,
    );
    if ((rowCount ?? 0) > 0) done.push(table);
  }
  return done;
}

async function expectOraclesState(): Promise<void> {
  const expected = expectedState(
    oracle({
      records: orders.records,
      catalogue: new Map(),
      thresholds: CONTRACT_THRESHOLDS,
      now: orders.now,
    }),
  );
  expect(withinTolerance(await storedState(database), expected)).toEqual(expected);
}

async function rawRows(): Promise<number> {
  const { rows } = await database.query<{ rows: number }>('SELECT count(*) AS rows FROM orders_raw');
  return rows[0]!.rows;
}

describe('compressed chunks', () => {
  test('take late events and replays like any other', async () => {
    // A burst half a year ago, and life afterwards.
    const at = orders.at(orders.now - 200 * 24 * HOUR);
    const burst = [1, 2, 3, 4, 5, 6].map((i) => created(`b${i}`, at + i * SECOND));
    await orders.send([...burst, said('PAID', at + MINUTE, { order_id: 'b1' }), Buffer.from('{')]);
    await orders.send([created('today', orders.at(orders.now - 3 * HOUR))]);
    await insertOldFacts(database, new Date(Date.now() - 200 * DAY_MS), 0);
    await refreshRollups(database, EVERYTHING);
    expect(await compress()).toEqual([...COMPRESSED]);
    await expectRollupsOfFacts(database);
    await expectOraclesState();

    // Late ones for those very orders, one of them for the burst, and a known one again.
    await orders.send([
      created('b0', at),
      said('SHIPPED', at + 40 * MINUTE, { order_id: 'b1' }),
      said('HOLD', at + 50 * MINUTE, { order_id: 'b2' }),
      said('PAID', at + MINUTE, { order_id: 'b1' }),
    ]);
    await refreshRollups(database, EVERYTHING);
    await expectRollupsOfFacts(database);
    await expectOraclesState();

    await compress();
    const before = await rawRows();
    await orders.replay();
    await refreshRollups(database, EVERYTHING);
    expect(await rawRows()).toBe(before);
    await expectRollupsOfFacts(database);
    await expectOraclesState();
  });
});
