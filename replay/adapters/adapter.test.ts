import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { MilestoneKind } from '../../domain/delivery/milestone.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { milestonesOf } from '../milestones.ts';
import { readHistory } from '../read-history.ts';
import type { Issue } from '../report/issue.ts';
import type { SourceEvent } from '../source/source-event.ts';
import type { SourceAdapter } from './adapter.ts';
import { RowReader } from './row-reader.ts';

/** A whole second format: one file with one row an order, which names its seller's city itself. */
const bazaar: SourceAdapter = {
  name: 'bazaar',
  version: 1,
  utcOffset: '+01:00',
  tables: { 'sales.csv': ['sale', 'sold', 'sent', 'what', 'who'] },
  async *references(context) {
    for await (const rows of context.rows('sales.csv')) {
      for (const row of rows) {
        yield { table: 'sellers', sellerId: row.cell('who'), zip: null, city: 'souk', state: null };
      }
    }
  },
  async *events(context) {
    for await (const rows of context.rows('sales.csv')) {
      for (const row of rows) {
        const reader = new RowReader(row, context.utcOffset, context.report);
        const orderId = reader.key('sale');
        const sold = reader.time('sold');
        if (orderId === null || sold === null) continue;
        const event = (at: number, rank: number, event_type: string, more = {}): SourceEvent => ({
          topic: 'orders',
          orderId,
          at,
          rank,
          value: { order_id: orderId, event_type, occurred_at: formatIso8601(at), ...more },
        });
        const what = { product_id: reader.text('what'), seller_id: reader.text('who') };
        const sent = reader.time('sent');
        const events = [event(sold, 0, 'ORDER_CREATED', what)];
        if (sent !== null) events.push(event(sent, 1, 'SHIPPED'));
        yield { orderId, beganAt: sold, events };
      }
    }
  },
};

it('lets a second format be one adapter: order, offsets, reports and milestones come with it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'holdfast-bazaar-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  await writeFile(
    join(dir, 'sales.csv'),
    [
      'who,what,sale,sold,sent',
      'ali,"a ""lamp""",B2,2020-05-02 10:00:00,2020-05-03 09:00:00',
      'eva,rug,B1,2020-05-01 10:00:00,2020-05-02 10:00:00',
      'eva,rug,B3,yesterday,',
      'eva,"rug,B4,2020-05-01 10:00:00,',
      '',
    ].join('\r\n'),
  );
  const issues: Issue[] = [];
  const history = await readHistory(dir, { adapter: bazaar, onIssue: (issue) => issues.push(issue) });
  const events: string[] = [];
  for await (const { orderId, json } of history.events()) {
    const { event_type, occurred_at } = JSON.parse(json);
    events.push(`${orderId} ${event_type} ${occurred_at.slice(0, 16)}`);
  }
  expect(events).toEqual([
    'B1 ORDER_CREATED 2020-05-01T09:00',
    'B1 SHIPPED 2020-05-02T09:00',
    'B2 ORDER_CREATED 2020-05-02T09:00',
    'B2 SHIPPED 2020-05-03T08:00',
  ]);
  expect(issues.map(({ kind, line }) => `${kind} ${line}`).toSorted()).toEqual([
    'BAD_TIME 4',
    'BROKEN_QUOTING 5',
  ]);

  const milestones: [MilestoneKind, string, string | null, boolean][] = [];
  for await (const { kind, order } of milestonesOf(history, { cacheDir: dir })) {
    milestones.push([kind, order.orderId, order.from.city, order.handedOverAt !== null]);
  }
  expect(milestones).toEqual([
    ['CREATED', 'B1', 'souk', false],
    ['HANDED_OVER', 'B1', 'souk', true],
    ['CREATED', 'B2', 'souk', false],
    ['HANDED_OVER', 'B2', 'souk', true],
  ]);
});

it('names the format whose files are not there', async () => {
  await expect(readHistory(tmpdir(), { adapter: bazaar })).rejects.toThrow(
    /no history in the format bazaar:\n.*sales.csv is missing/,
  );
});
