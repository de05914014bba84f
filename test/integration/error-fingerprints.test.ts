import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../platform/database/database.ts';
import { ErrorCounts } from '../../platform/errors/error-counts.ts';
import { keepErrorCounts } from '../../platform/errors/keep-error-counts.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addressOf, tcpProxy, urlThrough } from '../support/tcp-proxy.ts';

const OFTEN_MS = 50;

interface Row {
  program: string;
  code: string;
  template: string;
  count: string;
  first_seen: Date;
  last_seen: Date;
}

it('errors of a kind are one row, with a count, and when they began', async () => {
  const pool = (await freshDatabase()).pool();
  let now = Date.UTC(2026, 2, 1);
  const counts = new ErrorCounts('processor', () => now);
  const keeping = keepErrorCounts(pool, counts, OFTEN_MS);
  onTestFinished(keeping.stop);
  const rows = async () => (await pool.query<Row>('SELECT * FROM error_fingerprints ORDER BY template')).rows;
  const error = Object.assign(new Error('secret-order-7'), { code: '22003' });

  counts.note(error, 'batch 7 not written');
  await eventually('the first one', async () => (await rows()).length === 1);
  now += 86_400_000;
  counts.note(error, 'batch 8 not written');
  counts.note(null, 'another');
  await eventually('the others', async () => (await rows()).length === 2 && (await rows())[1]?.count === '2');
  const [another, batch] = await rows();
  expect(another).toMatchObject({ code: 'none', template: 'another', count: '1' });
  expect(batch).toMatchObject({ program: 'processor', code: '22003', template: 'batch * not written' });
  expect(Number(batch?.last_seen) - Number(batch?.first_seen)).toBe(86_400_000);
  expect(JSON.stringify(await rows())).not.toContain('secret');
});

it('while the database is away the counts wait, and add up', async () => {
  const database = await freshDatabase();
  const wire = await tcpProxy(addressOf(database.url, 5432));
  const through = openDatabase({
    url: urlThrough(database.url, wire.port),
    poolSize: 2,
    program: 'test',
    logger: createLogger({ program: 'test', level: 'silent' }),
  });
  onTestFinished(() => through.end());
  const counts = new ErrorCounts('alertbot', Date.now);
  await wire.cut();
  const keeping = keepErrorCounts(through, counts, OFTEN_MS);
  onTestFinished(keeping.stop);
  for (let i = 0; i < 5; i += 1) counts.note(null, 'the database is away');
  await new Promise((resolve) => setTimeout(resolve, 4 * OFTEN_MS));
  counts.note(null, 'the database is away');
  await wire.mend();
  const pool = database.pool();
  await eventually('all of them', async () => {
    const { rows } = await pool.query<Row>('SELECT * FROM error_fingerprints');
    return rows.length === 1 && rows[0]?.count === '6';
  });
});

it('both programs may write them, and whoever draws dashboards may read them', async () => {
  const pool = (await freshDatabase()).pool();
  const { rows } = await pool.query(
    `SELECT role, has_table_privilege(role, 'error_fingerprints', 'INSERT') AS adds,
            has_table_privilege(role, 'error_fingerprints', 'SELECT') AS reads
     FROM unnest(ARRAY['holdfast_writer', 'holdfast_bot', 'grafana_reader']) AS role`,
  );
  expect(rows).toEqual([
    { role: 'holdfast_writer', adds: true, reads: true },
    { role: 'holdfast_bot', adds: true, reads: true },
    { role: 'grafana_reader', adds: false, reads: true },
  ]);
});
