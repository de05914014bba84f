import { z } from 'zod';
import { bottlenecks } from '../../../domain/delivery/bottleneck.ts';
import { compareCodePoints } from '../../../domain/text/compare.ts';
import { count, duration, hours, next, share } from '../answers.ts';
import { nowhere, question } from '../question.ts';
import { pageOf, readCursor } from '../request/cursor.ts';
import { oneOf, paging, wholeNumber } from '../request/parameters.ts';
import { bottleneckRows } from '../sql/bottleneck-rows.ts';

const STATES = ['NORMAL', 'WARNING', 'CRITICAL'] as const;
const RECOMMENDATIONS = ['NONE', 'EXPEDITE_HAND_OVER', 'REORDER', 'RESTOCK_WARNING'] as const;

export const bottleneck = question({
  name: 'Bottlenecks',
  path: '/api/v1/logistics/bottleneck',
  summary: 'Sellers or regions that prepare orders slowest, with their stock and what to do',
  description:
    'Preparation is from approval to hand-over, of all that has been followed so far. A region is that of the sellers in it; "unknown" stands for those of which none is known. The longest preparation first.',
  place: nowhere,
  query: z.strictObject({
    by: oneOf(['seller', 'region']).default('seller').describe('What each item is about.'),
    state: oneOf(STATES).optional().describe('Only items in this state.'),
    min_orders: wholeNumber(0, 1_000_000)
      .default(1)
      .describe('Fewest orders prepared: an average of few says little.'),
    ...paging,
  }),
  answer: z.object({
    by: z.enum(['seller', 'region']),
    items: z.array(
      z.object({
        key: z.string().describe('The seller_id or the region.'),
        state: z
          .enum(STATES)
          .describe('CRITICAL: preparations above the limit of the restock warning; WARNING: many outliers.'),
        current_outlier_count: count.describe('Orders that wait for their hand-over past their limit.'),
        avg_prep_delay_hrs: duration.describe('Approval to hand-over, mean.'),
        system_impact_potential: share.describe(
          'How much shorter the mean over everybody would be if this one were as fast as the others.',
        ),
        recommendation: z.enum(RECOMMENDATIONS),
        prepared_orders: count,
        waiting_orders: count.describe('Approved, and not handed over yet.'),
        stock: z
          .object({
            available_pieces: z.int(),
            reorder_point_pieces: z.int().nullable(),
          })
          .nullable()
          .describe('Of its tracked products; null: none is.'),
      }),
    ),
    next,
  }),
  async ask({ db, linkTo, config }, query) {
    const after = readCursor(query.cursor, ['number', 'string']) as [number, string] | null;
    const rows = await bottleneckRows(db, query.by);
    const byName = new Map(rows.map((row) => [row.name, row]));
    const all = bottlenecks(rows, {
      restockWarningHours: hours(config.delivery.restock.warningSeconds),
    })
      .filter(({ name, state }) => {
        const enough = (byName.get(name)?.preparations ?? 0) >= query.min_orders;
        return enough && (query.state === undefined || query.state === state);
      })
      .filter((one) => after === null || isBehind([one.avg_prep_delay_hrs, one.name], after));
    const { items, cursor } = pageOf(all, query.limit, (one) => [one.avg_prep_delay_hrs, one.name]);
    return {
      by: query.by,
      items: items.map(({ name, ...record }) => {
        const { preparations = 0, waiting = 0, stock = null } = byName.get(name) ?? {};
        return {
          key: name,
          ...record,
          prepared_orders: preparations,
          waiting_orders: waiting,
          stock: stock && { available_pieces: stock.available, reorder_point_pieces: stock.reorderPoint },
        };
      }),
      next: cursor === null ? null : linkTo({ cursor }),
    };
  },
});

function isBehind(one: readonly [number, string], last: readonly [number, string]): boolean {
  return one[0] < last[0] || (one[0] === last[0] && compareCodePoints(one[1], last[1]) > 0);
}
