import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { DAY, type Micros } from '../../domain/time/micros.ts';
import { writeSampleHistory } from '../../replay/sample/write-sample-history.ts';
import { type ApiServer, apiServer } from '../support/api-server.ts';
import { freshDatabase } from '../support/database.ts';
import { compareQueries, compareRows, type Row, rowsOf } from '../support/history-oracle/compare.ts';
import { makeCsvFacts } from '../support/history-oracle/csv-facts.ts';
import { loadCsvTables } from '../support/history-oracle/csv-tables.ts';
import { delayRates, expectations } from '../support/history-oracle/expectations.ts';
import { followHistory } from '../support/history-oracle/follow-history.ts';
import { makeSellerFacts } from '../support/history-oracle/seller-facts.ts';
import { processorDatabase } from '../support/orders-processor.ts';

const OPENING_STOCK = 25;
const EXPECTATIONS = expectations(OPENING_STOCK);

let pool: pg.Pool;
let api: ApiServer;
let ended: Micros;

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), 'holdfast-history-'));
  afterAll(() => rm(dir, { recursive: true, force: true }));
  const options = { seed: 'replayed history', orders: 300, from: '2017-01-05', days: 60, brokenRows: true };
  await writeSampleHistory(dir, options);
  const fresh = await freshDatabase();
  pool = fresh.pool();
  await loadCsvTables(pool, dir);
  await makeCsvFacts(pool);
  await makeSellerFacts(pool);
  const database = processorDatabase(fresh.url);
  const followed = await followHistory(dir, database, {
    settings: { HOLDFAST_SUPPLIER: 'simulated' },
    openingStock: OPENING_STOCK,
    eventsAtOnce: 200,
  });
  ended = followed.last;
  api = await apiServer(database);
}, 240_000);

describe('a replayed history is as plain SQL over the files says', () => {
  test.each(Object.keys(EXPECTATIONS))('%s', async (name) => {
    const { rows, differences } = await compareQueries(pool, EXPECTATIONS[name]!);
    expect(differences).toEqual([]);
    expect(rows).toBeGreaterThan(5);
  });

  test.each([
    ['region', 'state'],
    ['seller', 'seller_id'],
  ])('delay rates of the API by %s', async (by, column) => {
    for (const asOf of [ended - 45 * DAY, ended - 20 * DAY, ended].map(formatIso8601)) {
      const items = await api.walk<{ key: string; windows: Row[] }>(
        `/api/v1/logistics/delays?by=${by}&window_days=90&as_of=${asOf}`,
      );
      const actual = items.flatMap(({ key, windows }) =>
        windows.map((window) => ({ ...window, key: `${key} ${window.days}` })),
      );
      const expected = await rowsOf(pool, delayRates(column), [asOf]);
      expect(compareRows(actual, expected)).toEqual([]);
      expect(expected.length).toBeGreaterThan(5);
    }
  });

  test('it has orders of every kind, and nothing was late for the followers, refused, or short', async () => {
    const [counts] = await rowsOf(
      pool,
      `SELECT (SELECT count(*) FROM late_milestones) AS late, (SELECT count(*) FROM pipeline_error_logs) AS refused,
              (SELECT count(*) FROM holds WHERE reason_code <> 'FUL-VALID') AS held`,
    );
    expect(counts).toEqual({ late: 0, refused: 0, held: 0 });
    const [kinds] = await rowsOf(
      pool,
      `SELECT count(canceled_at) AS canceled, count(delivered_at) FILTER (WHERE canceled_at IS NOT NULL) AS canceled_delivered,
              count(*) FILTER (WHERE delivered_at > promised_at) AS late,
              count(*) FILTER (WHERE handed_at IS NOT NULL AND approved_at IS NULL) AS unapproved,
              count(*) FILTER (WHERE delivered_at < handed_at) AS delivered_before_shipped,
              count(*) FILTER (WHERE handed_at < approved_at) AS shipped_before_approved,
              count(*) FILTER (WHERE approved_at < bought_at) AS approved_before_purchase,
              (SELECT count(*) FROM csv.part a JOIN csv.part b USING (order_id) WHERE a.seller_id < b.seller_id) AS shared,
              (SELECT count(*) FROM replenishments WHERE received_quantity = quantity) AS replenished,
              (SELECT count(*) FROM inventory WHERE reserved_stock > 0) AS reserved
       FROM csv.purchase`,
    );
    for (const [kind, count] of Object.entries(kinds!)) expect(count, kind).toBeGreaterThan(0);
  });
});
