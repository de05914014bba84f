import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { refreshRollups } from '../../processor/rollups/refresh-rollups.ts';
import { freshDatabase } from '../support/database.ts';
import { LiveOrders } from '../support/live-orders.ts';
import { created, said } from '../support/oracle/example.ts';
import { oracle } from '../support/oracle/oracle.ts';
import { expectedState, storedState, withinTolerance } from '../support/oracle/stored-state.ts';
import { CONTRACT_THRESHOLDS } from '../support/oracle/types.ts';
import { ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';
import { expectRollupsOfFacts, ROLLUP_NAMES, runPolicies } from '../support/rollup-check.ts';
import { HOUR, MINUTE, SECOND } from '../support/traffic/times.ts';

const EVERYTHING = { from: null, to: null };
const YEAR_2017 = Date.parse('2017-05-04T13:29:30Z') * 1000;

let database: Database;
let orders: LiveOrders;

beforeEach(async () => {
  const { url } = await freshDatabase();
  database = processorDatabase(url);
  orders = new LiveOrders(database, ordersHandlerOf());
});

/** An hour of orders of every kind, some of them held, late or paid. */
function traffic(name: string, start: number): (Record<string, unknown> | Buffer)[] {
  const at = orders.at(start);
  const burst = [0, 1, 2, 3, 4, 5, 6].map((i) =>
    created(`${name}-burst-${i}`, at + i * SECOND, { user_id: name, product_id: name }),
  );
  return [
    ...burst,
    created(`${name}-1`, at + 20 * MINUTE, { user_id: null }),
    said('PAID', at + 25 * MINUTE, { order_id: `${name}-1`, reason_code: 'R-1' }),
    said('SHIPPED', at + 50 * MINUTE, { order_id: `${name}-1` }),
    said('PAID', at + 31 * MINUTE, { order_id: `${name}-burst-0` }),
    said('HOLD', at + 33 * MINUTE, { order_id: `${name}-1` }),
    said('HOLD_CLEARED', at + 64 * MINUTE, { order_id: `${name}-1` }),
    said('CANCELED', at + 70 * MINUTE, { order_id: `${name}-burst-1` }),
  ];
}

async function expectOraclesWindows(): Promise<void> {
  const expected = expectedState(
    oracle({
      records: orders.records,
      catalogue: new Map(),
      thresholds: CONTRACT_THRESHOLDS,
      now: orders.now,
    }),
  );
  const found = withinTolerance(await storedState(database), expected);
  expect(found.metrics).toEqual(expected.metrics);
}

describe('the rollups', () => {
  test('are refreshed in order, the finer first', async () => {
    const names = await refreshRollups(database, EVERYTHING);
    expect(names.map((name) => name.replace('public.', '')).sort()).toEqual([...ROLLUP_NAMES].sort());
    const places = ['1m', '30m', '1h', '1d'].map((level) =>
      names.findIndex((name) => name.replace('public.', '') === `events_${level}`),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('show 2017 after today’s data, at every level and in metrics_window', async () => {
    await orders.send(traffic('today', orders.now - 5 * HOUR));
    await refreshRollups(database, EVERYTHING);
    await expectRollupsOfFacts(database);
    await orders.send(traffic('old', YEAR_2017));
    await refreshRollups(database, EVERYTHING);
    await expectRollupsOfFacts(database);
    const { rows } = await database.query<{ windows: number; orders: number }>(
      `SELECT count(*) FILTER (WHERE orders > 0) AS windows, sum(orders) AS orders FROM metrics_window
       WHERE window_start < '2018-01-01'`,
    );
    expect(rows[0]).toEqual({ windows: 2, orders: 8 });
  });

  test('show 2017 after today’s data when only its range is refreshed', async () => {
    await orders.send(traffic('today', orders.now - 5 * HOUR));
    await refreshRollups(database, EVERYTHING);
    await orders.send(traffic('old', YEAR_2017));
    await refreshRollups(database, { from: '2017-05-04T13:29:00Z', to: '2017-05-04T18:00:00Z' });
    await expectRollupsOfFacts(database);
  });

  test('are refreshed by the policies alone as well, however old the data', async () => {
    await orders.send(traffic('today', orders.now - 30 * HOUR));
    await runPolicies(database, 'refresh');
    await orders.send(traffic('old', YEAR_2017));
    await runPolicies(database, 'refresh');
    await expectRollupsOfFacts(database);
  });

  test('equal the oracle’s windows before and after late events of windows long refreshed', async () => {
    await orders.send(traffic('first', orders.now - 30 * HOUR));
    await orders.send(traffic('second', orders.now - 6 * HOUR));
    await refreshRollups(database, EVERYTHING);
    await expectOraclesWindows();
    const start = orders.at(orders.now - 30 * HOUR);
    await orders.send([
      // Moves the first burst's holds to an earlier window.
      created('first-burst-9', start - SECOND, { user_id: 'first', product_id: 'first' }),
      said('PAID', start + 2 * MINUTE, { order_id: 'first-1' }),
      said('DELIVERED', start + 90 * MINUTE, { order_id: 'first-burst-0' }),
      said('HOLD_CLEARED', start + 40 * MINUTE, { order_id: 'first-1' }),
    ]);
    await refreshRollups(database, EVERYTHING);
    await expectRollupsOfFacts(database);
    await expectOraclesWindows();
  });

  for (const [how, refresh] of [
    ['refreshRollups', () => refreshRollups(database, EVERYTHING)],
    ['the policies', () => runPolicies(database, 'refresh')],
  ] as const) {
    test(`hide nothing behind rows dated ahead, refreshed by ${how}`, async () => {
      const ahead = orders.at(orders.now);
      await orders.send([
        // Will be late two hours from now; and a clock that is far ahead.
        created('waiting', ahead - MINUTE),
        said('PAID', ahead, { order_id: 'waiting' }),
        created('fast-clock', ahead + 23 * HOUR),
      ]);
      await refresh();
      await expectRollupsOfFacts(database);
      await orders.send([
        created('next', ahead + 30 * MINUTE),
        said('PAID', ahead + 31 * MINUTE, { order_id: 'next' }),
        created('later', ahead + 95 * MINUTE),
      ]);
      await expectRollupsOfFacts(database);
      await refresh();
      await expectRollupsOfFacts(database);
    });
  }

  test('can be refreshed over a range shorter than a bucket, and over one that is still to come', async () => {
    await orders.send(traffic('today', orders.now - 3 * HOUR));
    const ago = (time: number) => new Date((orders.now - time) / 1000).toISOString();
    await refreshRollups(database, { from: ago(10 * MINUTE), to: null });
    await refreshRollups(database, { from: ago(10 * MINUTE), to: ago(9 * MINUTE) });
    await refreshRollups(database, { from: ago(-2 * HOUR), to: ago(-3 * HOUR) });
    await refreshRollups(database, EVERYTHING);
    await expectRollupsOfFacts(database);
  });
});
