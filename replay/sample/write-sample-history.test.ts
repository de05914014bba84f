import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { olistAdapter } from '../adapters/olist/olist-adapter.ts';
import { runIdOf } from '../source/fingerprint.ts';
import { type SampleOptions, writeSampleHistory } from './write-sample-history.ts';

const OPTIONS: SampleOptions = { seed: '1', orders: 300, from: '2017-01-01', days: 90 };

async function written(options: SampleOptions) {
  const dir = await mkdtemp(join(tmpdir(), 'holdfast-sample-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const history = await writeSampleHistory(dir, options);
  const hash = createHash('sha256');
  for (const file of (await readdir(dir)).toSorted()) hash.update(await readFile(join(dir, file)));
  return { dir, history, digest: hash.digest('hex') };
}

it('writes the same bytes for the same options, others for another seed', async () => {
  const [one, two] = [await written(OPTIONS), await written(OPTIONS)];
  expect(one.digest).toBe(two.digest);
  expect((await written({ ...OPTIONS, seed: '2' })).digest).not.toBe(one.digest);
});

it('has orders late, reviewed, of several sellers, and not approved', async () => {
  const { dir, history } = await written({ ...OPTIONS, orders: 1_500 });
  expect(history.late / history.delivered).toBeGreaterThan(0.03);
  expect(history.late / history.delivered).toBeLessThan(0.25);
  const items = (await readFile(join(dir, 'olist_order_items_dataset.csv'), 'utf8'))
    .split('\n')
    .map((row) => row.split(','));
  const sellers = new Map<string, Set<string>>();
  for (const [order, , , seller] of items) {
    if (order !== undefined && seller !== undefined)
      sellers.set(order, (sellers.get(order) ?? new Set()).add(seller));
  }
  expect([...sellers.values()].filter(({ size }) => size > 1).length).toBeGreaterThan(20);
  const orders = await readFile(join(dir, 'olist_orders_dataset.csv'), 'utf8');
  expect(orders).toMatch(/,delivered,[^,]+,,[^,]+/);
  expect(await readFile(join(dir, 'olist_order_reviews_dataset.csv'), 'utf8')).toMatch(/"[^"]*\n[^"]*"/);
});

it('refuses what makes no sense', async () => {
  await expect(writeSampleHistory('/nowhere', { ...OPTIONS, from: 'today' })).rejects.toThrow(
    'must be a day',
  );
  await expect(writeSampleHistory('/nowhere', { ...OPTIONS, orders: 0 })).rejects.toThrow('positive');
});

it('names a run by its files and by what decides about its events', async () => {
  const { dir } = await written(OPTIONS);
  const other = await written({ ...OPTIONS, seed: '2' });
  const parts = { adapter: olistAdapter, utcOffset: '-03:00', from: null, partitions: { orders: 6 } };
  const run = await runIdOf(dir, parts);
  expect(run).toMatch(/^[0-9a-f]{16}$/);
  expect(await runIdOf(dir, parts)).toBe(run);
  const others = [
    await runIdOf(other.dir, parts),
    await runIdOf(dir, { ...parts, from: 1 }),
    await runIdOf(dir, { ...parts, utcOffset: '+00:00' }),
    await runIdOf(dir, { ...parts, partitions: { orders: 7 } }),
    await runIdOf(dir, { ...parts, adapter: { ...olistAdapter, version: 2 } }),
  ];
  expect(new Set([run, ...others]).size).toBe(6);
});
