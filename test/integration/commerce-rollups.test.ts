import { beforeEach, describe, expect, test } from 'vitest';
import { interpolateSql } from '../../grafana/src/check/interpolate.ts';
import { sqlText } from '../../grafana/src/parts/query.ts';
import type { Database } from '../../platform/database/database.ts';
import { refreshRollups } from '../../processor/rollups/refresh-rollups.ts';
import { insertCommerceFacts } from '../support/commerce-facts.ts';
import { freshDatabase } from '../support/database.ts';
import { LiveOrders } from '../support/live-orders.ts';
import { created, said } from '../support/oracle/example.ts';
import { ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';
import { expectRollupsOfFacts, runPolicies } from '../support/rollup-check.ts';

const EVERYTHING = { from: null, to: null };
const DAY = 86_400_000;
const IN_2017 = Date.parse('2017-11-24T21:00:00Z');

let database: Database;
let orders: LiveOrders;

beforeEach(async () => {
  const { url } = await freshDatabase();
  database = processorDatabase(url);
  orders = new LiveOrders(database, ordersHandlerOf());
});

const facts = (name: string, end: number) =>
  insertCommerceFacts(database, { name, end, span: 20 * DAY, orders: 150 });

/** Orders without items, through the processor: one of them canceled, one without an amount. */
async function plainOrders(name: string, ms: number): Promise<void> {
  const at = orders.at(ms * 1000);
  await orders.send([
    created(`${name}-1`, at, { amount: 12_000, currency: 'KRW', product_id: 'P-1', seller_id: 'S-1' }),
    created(`${name}-2`, at, { amount: 0, currency: 'KRW', product_id: null }),
    created(`${name}-3`, at, { amount: null }),
    said('CANCELED', at, { order_id: `${name}-1` }),
  ]);
}

const count = async (view: string, where = 'true'): Promise<number> =>
  Number((await database.query(`SELECT count(*) AS n FROM ${view} WHERE ${where}`)).rows[0]?.n);

describe('rollups of sales, deliveries and reviews', () => {
  test('show a replay of 2017 once `npm run rollups` has run, whatever was refreshed before', async () => {
    await facts('today', Date.now() - 2 * DAY);
    await plainOrders('today', Date.now() - 3 * DAY);
    await refreshRollups(database, EVERYTHING);
    await expectRollupsOfFacts(database);
    await facts('old', IN_2017);
    await plainOrders('old', IN_2017);
    await refreshRollups(database, EVERYTHING);
    await expectRollupsOfFacts(database);
    for (const view of [
      'sales_1d',
      'sales_1h',
      'order_values_1d',
      'stages_1d',
      'stage_times_1d',
      'routes_1d',
    ])
      expect(await count(view, `bucket < '2018-01-01'`), view).toBeGreaterThan(0);
  });

  test('count what comes late for days that were refreshed, by the policies alone', async () => {
    await facts('first', Date.now() - 5 * DAY);
    await runPolicies(database, 'refresh');
    await facts('late', Date.now() - 6 * DAY);
    await database.query(`DELETE FROM order_items WHERE order_id = 'first-3'`);
    await runPolicies(database, 'refresh');
    await expectRollupsOfFacts(database);
  });

  test('sum to the same sales whether orders name items or not', async () => {
    await facts('lines', Date.now() - 2 * DAY);
    await plainOrders('plain', Date.now() - 2 * DAY);
    await refreshRollups(database, EVERYTHING);
    const { rows } = await database.query(
      `SELECT (SELECT sum(revenue) FROM sales_1d) = (SELECT sum(revenue) FROM sales_1h) AS levels,
              (SELECT sum(pieces) FROM sales_1d)::int
                = (SELECT sum(quantity) FROM order_items) + (SELECT sum(quantity) FROM orders WHERE items IS NULL) AS pieces,
              (SELECT sum(revenue) FROM sales_1d)
                = (SELECT sum(coalesce(price, 0) * quantity) FROM order_items)
                + (SELECT sum(amount) FROM orders WHERE items IS NULL) AS revenue`,
    );
    expect(rows[0]).toEqual({ levels: true, pieces: true, revenue: true });
  });

  test('know in which days a month begins, by time zone', async () => {
    const { rows } = await database.query(
      `SELECT zone, string_agg(to_char(day, 'MM-DD'), ' ' ORDER BY day) AS days
       FROM (VALUES ('UTC'), ('Asia/Seoul'), ('America/Sao_Paulo')) AS zones (zone),
            generate_series(TIMESTAMPTZ '2017-02-20 00:00Z', '2017-04-10 00:00Z', '1 day') AS day
       WHERE begins_month_within(day, zone) GROUP BY 1 ORDER BY 1`,
    );
    expect(rows).toEqual([
      { zone: 'America/Sao_Paulo', days: '03-01 04-01' },
      { zone: 'Asia/Seoul', days: '02-28 03-31' },
    ]);
  });

  test('make the months of every time zone, as the board shows them', async () => {
    await facts('spring', Date.parse('2017-04-16T11:00:00Z'));
    await facts('winter', Date.parse('2017-03-14T23:00:00Z'));
    await refreshRollups(database, EVERYTHING);
    for (const zone of ['UTC', 'Asia/Seoul', 'America/Sao_Paulo']) {
      const view = {
        from: new Date('2017-01-01'),
        to: new Date('2017-12-31'),
        intervalMs: 1,
        variables: { zone },
      };
      const shown = await database.query(interpolateSql(sqlText('sales/by-month'), view));
      const plain = await database.query(
        `SELECT to_char(partition_at AT TIME ZONE '${zone}', 'YYYY-MM') AS month, sum(price * quantity)::float8 AS revenue
         FROM order_items GROUP BY 1 ORDER BY 1`,
      );
      expect(plain.rows.length).toBeGreaterThan(2);
      expect(
        shown.rows.map(({ month, revenue }) => ({ month, revenue })),
        zone,
      ).toEqual(plain.rows);
    }
  });

  test('keep what people wrote from Grafana', async () => {
    await facts('said', Date.now());
    const { rows } = await database.query(
      `SELECT has_table_privilege('grafana_reader', 'reviews', 'SELECT') AS reviews,
              has_table_privilege('grafana_reader', 'reviews_masked', 'SELECT') AS masked,
              (SELECT count(*) FROM reviews_masked AS r WHERE r::text LIKE '%what people write%')::int AS told`,
    );
    expect(rows[0]).toEqual({ reviews: false, masked: true, told: 0 });
  });
});
