import { mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeOrderEvent } from '../domain/order/decode-event.ts';
import { decodePayment } from '../domain/payments/decode-payment.ts';
import { decodeReview } from '../domain/reviews/decode-review.ts';
import { compareCodePoints } from '../domain/text/compare.ts';
import { formatIso8601, parseIso8601 } from '../domain/time/iso8601.ts';
import { type HistoryOptions, readHistory } from './read-history.ts';
import type { Issue } from './report/issue.ts';
import { type SampleHistory, writeSampleHistory } from './sample/write-sample-history.ts';
import type { SequencedEvent } from './source/source-event.ts';

const NOW = parseIso8601('2026-01-01T00:00:00Z') ?? 0;
const DECODERS = { orders: decodeOrderEvent, payments: decodePayment, reviews: decodeReview };

let root: string;
let dir: string;
let sample: SampleHistory;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdfast-history-'));
  dir = join(root, 'history');
  sample = await writeSampleHistory(dir, {
    seed: 'history',
    orders: 400,
    from: '2017-01-01',
    days: 60,
    brokenRows: true,
  });
});
afterAll(() => rm(root, { recursive: true }));

async function read(options: HistoryOptions = {}) {
  const issues: Issue[] = [];
  const history = await readHistory(dir, { onIssue: (issue) => issues.push(issue), ...options });
  const events: SequencedEvent[] = [];
  const tables: Record<string, number> = {};
  for await (const { table } of history.references()) tables[table] = (tables[table] ?? 0) + 1;
  for await (const event of history.events()) events.push(event);
  return { issues, events, tables, history };
}

/** Broken on purpose, and what a sound sample has by chance: orders whose approval is missing. */
function told(issues: readonly Issue[]): string[] {
  const natural = ({ kind, file, line }: Issue) =>
    kind === 'SHIPPED_WITHOUT_APPROVAL' && line <= sample.orders + 1 && file.includes('orders');
  return issues
    .filter((issue) => !natural(issue))
    .map(({ file, line, kind }) => `${file}:${line} ${kind}`)
    .toSorted();
}

describe('readHistory', () => {
  it('gives all events in the order of time, order and stage, counted from 1', async () => {
    const { events, tables } = await read();
    const sorted = events.toSorted((a, b) => a.at - b.at || compareCodePoints(a.orderId, b.orderId));
    expect(events.map(({ sequence }) => sequence)).toEqual(sorted.map((_, index) => index + 1));
    const created = events.filter(({ json }) => json.includes('"ORDER_CREATED"'));
    // All sound orders, and those of the broken rows: 9 impossible ones, a stranger's, and 4 with broken items.
    expect(created).toHaveLength(sample.orders + 14);
    expect(tables).toMatchObject({ sellers: 13, products: 52 });
  });

  it('gives what the processor understands, at the time it says', async () => {
    const { events } = await read();
    for (const { topic, json, at, orderId } of events) {
      const decoded = DECODERS[topic](JSON.parse(json), NOW);
      expect([decoded.orderId, decoded.occurredAt]).toEqual([orderId, at]);
    }
  });

  it('takes a promise of a day for its end', async () => {
    const { events } = await read();
    const promised = events.flatMap(({ json }) => JSON.parse(json).promised_at ?? []);
    expect(promised.length).toBeGreaterThan(sample.orders / 2);
    // The broken rows promise a time of day, which stays as it is.
    const times = promised.filter((at) => !at.endsWith('T02:59:59.000000Z'));
    expect(times).toHaveLength(14);
  });

  it('names every broken row by file and line, once, and keeps what it leaves out', async () => {
    const { issues, history } = await read();
    const wanted = sample.broken.map(({ file, line, kind }) => `${file}:${line} ${kind}`);
    // A delivery whose time cannot be read is a delivery without one.
    const badTime = sample.broken.find(({ kind, file }) => kind === 'BAD_TIME' && file.includes('orders'));
    wanted.push(`${badTime?.file}:${badTime?.line} DELIVERED_WITHOUT_TIME`);
    expect(told(issues)).toEqual(wanted.toSorted());
    for (const issue of issues) {
      expect(issue.raw === null).toBe(issue.row === 'published as it is');
      if (issue.raw === null) continue;
      const lines = (await readFile(join(dir, issue.file), 'utf8')).split('\n');
      const height = issue.raw.split('\n').length;
      expect(lines.slice(issue.line - 1, issue.line - 1 + height).join('\n')).toBe(issue.raw);
    }
    const before = issues.length;
    for await (const _ of history.events());
    expect(issues).toHaveLength(before);
  });

  it('gives the same, however little memory it has', async () => {
    const { events, issues } = await read();
    const small = await read({ runCharacters: 5_000 });
    expect(small.events).toEqual(events);
    expect(small.issues).toEqual(issues);
  });

  it('leaves out orders from before a day whole, and what happens from another day on', async () => {
    const all = (await read()).events;
    const from = parseIso8601('2017-01-20T00:00:00-03:00') ?? 0;
    const until = parseIso8601('2017-02-10T00:00:00-03:00') ?? 0;
    const early = new Set(
      all
        .filter(({ json, at }) => json.includes('"ORDER_CREATED"') && at < from)
        .map(({ orderId }) => orderId),
    );
    const wanted = all.filter(({ orderId, at }) => !early.has(orderId) && at >= from && at < until);
    const cut = (await read({ from, until })).events;
    expect(cut.map(({ json }) => json)).toEqual(wanted.map(({ json }) => json));
    expect(early.size).toBeGreaterThan(20);
    expect(cut.length).toBeGreaterThan(100);
  });

  it('says what is missing before it reads anything', async () => {
    const other = join(root, 'other');
    await writeSampleHistory(other, { seed: 'x', orders: 5, from: '2017-01-01', days: 5 });
    await unlink(join(other, 'olist_sellers_dataset.csv'));
    await writeFile(join(other, 'olist_order_payments_dataset.csv'), 'order_id,payment_value\n');
    await writeFile(join(other, 'archive.zip'), '');
    const message = await readHistory(other).catch((error: Error) => error.message);
    expect(message).toContain('olist_sellers_dataset.csv is missing');
    expect(message).toContain('lacks the columns payment_sequential, payment_type, payment_installments');
    expect(message).toContain('archive.zip: unpack it first');
    await expect(readHistory(join(root, 'nowhere'))).rejects.toThrow('there is no folder');
  });

  it('uses the offset that it is told', async () => {
    const times = async (utcOffset: string) => (await read({ utcOffset })).events.map(({ at }) => at);
    const [here, there] = [await times('-03:00'), await times('+09:00')];
    expect(formatIso8601(here[0] ?? 0)).toBe(formatIso8601((there[0] ?? 0) + 12 * 3_600_000_000));
  });
});
