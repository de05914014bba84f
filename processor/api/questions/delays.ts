import { z } from 'zod';
import { asOfAnswer, count, duration, hours, hoursOrNull, iso, next, share } from '../answers.ts';
import { nowhere, question } from '../question.ts';
import { momentAskedFor } from '../request/as-of.ts';
import { pageOf, readCursor } from '../request/cursor.ts';
import { asOf, id, oneOf, paging, wholeNumber } from '../request/parameters.ts';
import { type DelayRate, delayRates } from '../sql/delay-rates.ts';

const windowDays = z
  .enum(['7', '30', '90'], { error: 'must be 7, 30 or 90' })
  .transform((text) => Number(text) as 7 | 30 | 90)
  .pipe(z.literal([7, 30, 90]));

const windowAnswer = z.object({
  days: z.literal([7, 30, 90]),
  orders: count.describe('Delivered within these days, and promised for a date.'),
  late_orders: count,
  delay_rate: share,
  mean_lateness_hours: duration.nullable().describe('Of the late ones; null: there are none.'),
  mean_promise_error_hours: duration.describe('Of all, delivery less promise: negative is early.'),
});

export const delays = question({
  name: 'DelayRates',
  path: '/api/v1/logistics/delays',
  summary: 'Share of orders delivered late, by region or by seller, over the last 7, 30 and 90 days',
  description:
    'Orders count on the day they were delivered, the late ones as well: the windows slide in event time and end at as_of. Orders without a promised date are left out. Highest rate first, in the window of window_days. The region is that of the customer; "unknown" stands for orders without one.',
  place: nowhere,
  query: z.strictObject({
    by: oneOf(['region', 'seller']).default('region').describe('What each item is about.'),
    window_days: windowDays.default(30).describe('The window by whose rate is sorted.'),
    min_orders: wholeNumber(1, 1_000_000)
      .default(1)
      .describe('Fewest orders in that window: a rate of few says little.'),
    region: id.optional(),
    seller_id: id.optional(),
    as_of: asOf,
    ...paging,
  }),
  answer: z.object({
    as_of: asOfAnswer,
    by: z.enum(['region', 'seller']),
    items: z.array(
      z.object({
        key: z.string().describe('The region or the seller_id.'),
        windows: z.array(windowAnswer).describe('Those in which something was delivered.'),
      }),
    ),
    next,
  }),
  async ask({ db, linkTo }, query) {
    const after = readCursor(query.cursor, ['number', 'string']) as [number, string] | null;
    const at = await momentAskedFor(db, query.as_of);
    if (at === null) return { as_of: null, by: query.by, items: [], next: null };
    const rows = await delayRates(db, {
      asOf: at,
      by: query.by,
      region: query.region ?? null,
      sellerId: query.seller_id ?? null,
      windowDays: query.window_days,
      minOrders: query.min_orders,
      after,
      most: query.limit + 1,
    });
    const { items, cursor } = pageOf(rows, query.limit, (row) => [row.rate, row.key]);
    return {
      as_of: iso(at),
      by: query.by,
      items: items.map(({ key, windows }) => ({ key, windows: windows.map(windowOf) })),
      next: cursor === null ? null : linkTo({ as_of: iso(at), cursor }),
    };
  },
});

function windowOf(window: DelayRate['windows'][number]) {
  return {
    days: window.days as 7 | 30 | 90,
    orders: window.orders,
    late_orders: window.late,
    delay_rate: window.late / window.orders,
    mean_lateness_hours: hoursOrNull(window.mean_lateness_seconds),
    mean_promise_error_hours: hours(window.mean_promise_error_seconds),
  };
}
