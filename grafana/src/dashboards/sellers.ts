import type { Board } from '../parts/board.ts';
import { asMatrix, chartPanel, firstOf } from '../parts/charts.ts';
import { toOrder, toProduct, toSeller } from '../parts/links.ts';
import { statPanel, tablePanel, timePanel } from '../parts/panels.ts';
import { series, table } from '../parts/query.ts';
import { textBox } from '../parts/variables.ts';

const seller = { title: 'seller', links: [toSeller()], width: 180 } as const;
const DAYS = 'suffix: d';
const part = { unit: 'percentunit', decimals: 0, gauge: true, full: 1, width: 130 } as const;

const totals = statPanel({
  title: 'In the chosen time',
  description:
    'How many sellers delivered, how long did they take from approval to hand-over, and how many orders came late? Of the seller asked for, where one is.',
  unit: 'locale',
  queries: table('sellers/totals'),
  span: 16,
  decimals: 0,
  noValue: 'nothing delivered',
  columns: {
    preparation: { unit: DAYS, decimals: 1, limits: { warn: 3, bad: 4.2 } },
    'after the promise': { unit: 'percentunit', decimals: 1, limits: { warn: 0.05, bad: 0.2 } },
  },
});

const bestNow = statPanel({
  title: 'Seller of the month',
  description:
    'Who was the best of the last month before the end of the chosen time in which anybody had enough orders, by that month alone? So far, while the month runs.',
  unit: 'string',
  queries: table('sellers/best'),
  span: 8,
  text: true,
  noValue: 'nobody had enough orders',
});

const ranking = tablePanel({
  title: 'Ranking at the end of the chosen time',
  description:
    'Who is good, and at what? Score and its three parts, shrunk towards the mean of all for sellers with few orders: speed (approval to hand-over), reliability (against the promise), satisfaction (reviews). Risen: ranks since the month before.',
  unit: 'locale',
  queries: table('sellers/ranking'),
  span: 24,
  height: 12,
  noValue: 'no seller has a score yet',
  columns: {
    rank: { width: 70 },
    risen: { width: 80, limits: { warnBelow: 0, badBelow: -20 } },
    seller_id: seller,
    state: { width: 80 },
    score: part,
    speed: part,
    reliability: part,
    satisfaction: part,
    orders: { title: 'orders so far' },
    month_orders: { title: 'in the month' },
    sla_breaches: { title: 'handed over too late', limits: { warn: 1, bad: 5 } },
  },
});

const RANKS = { row: 'seller', column: 'month', value: 'rank' } as const;

const history = tablePanel({
  title: 'Rank, month by month',
  description:
    'Who rises and who falls? Ranks of the best fifteen, or of the seller asked for, in the last twelve months before the end of the chosen time.',
  unit: 'locale',
  queries: table('sellers/rank-history'),
  span: 24,
  height: 10,
  noValue: 'no seller has a score yet',
  columns: { [firstOf(RANKS)]: { title: 'seller', width: 200 } },
}).withTransformation(asMatrix(RANKS));

const best = tablePanel({
  title: 'Sellers of the month',
  description: 'Who was the best of each month, by that month alone? Among those with enough orders in it.',
  unit: 'locale',
  queries: table('sellers/of-the-month'),
  span: 12,
  noValue: 'nobody had enough orders',
  columns: {
    seller_id: seller,
    month_score: { title: 'score of the month', unit: 'percentunit', decimals: 0 },
    month_orders: { title: 'orders' },
    sla_breaches: { title: 'handed over too late', limits: { warn: 1, bad: 5 } },
    rank: { title: 'rank overall' },
  },
});

const breaches = chartPanel({
  title: 'Handed over too late',
  description:
    'Do sellers keep their own promise to hand over? By month, the last twelve before the end of the chosen time.',
  unit: 'locale',
  queries: table('sellers/breaches'),
  span: 12,
  along: 'month',
  stacked: true,
  colours: { 'handed over too late': 'red', 'other orders': 'green' },
  noValue: 'no seller has a score yet',
});

const bottlenecks = tablePanel({
  title: 'Bottlenecks',
  description:
    'Whose preparation costs the most time? Impact: part of all the time beyond the mean that is due to this seller. Too long: orders of the chosen time that waited beyond their limit. With their products, and how many of these are at their reorder point now.',
  unit: 'locale',
  queries: table('sellers/bottlenecks'),
  span: 24,
  height: 10,
  noValue: 'nothing was prepared',
  columns: {
    seller_id: seller,
    state: { width: 80 },
    mean: { title: 'mean preparation', unit: 'suffix: h', decimals: 0, limits: { warn: 72, bad: 100 } },
    impact: { unit: 'percentunit', decimals: 1 },
    outliers: { title: 'too long', limits: { warn: 1, bad: 10 } },
    short: { title: 'at reorder point', limits: { warn: 1, bad: 5 } },
  },
});

const preparation = timePanel({
  title: 'Preparation over time',
  description:
    'Is the seller asked for slower than the others? Mean time from approval to hand-over, by the day of delivery.',
  unit: DAYS,
  decimals: 1,
  queries: series('sellers/preparation-over-time'),
  span: 12,
  interval: '1h',
  dashed: ['all sellers'],
  noValue: 'nothing delivered',
});

const spread = tablePanel({
  title: 'Least predictable preparation',
  description:
    'Whose orders take now a day and now a week? Standard deviation of the time from approval to hand-over; sellers with at least three orders in the chosen time.',
  unit: DAYS,
  decimals: 1,
  queries: table('sellers/preparation'),
  span: 12,
  noValue: 'no seller has three orders',
  columns: {
    seller_id: seller,
    orders: { unit: 'locale', width: 80 },
    p95_ever: { title: '95 %, ever' },
    delay_rate: {
      title: 'after the promise',
      unit: 'percentunit',
      decimals: 1,
      limits: { warn: 0.05, bad: 0.2 },
    },
  },
});

const deliveries = tablePanel({
  title: 'Latest deliveries',
  description:
    'What did the seller asked for deliver, and when? Of all sellers, where none is asked for; the newest hundred.',
  unit: DAYS,
  decimals: 1,
  queries: table('sellers/deliveries'),
  span: 24,
  height: 10,
  noValue: 'nothing delivered',
  columns: {
    order_id: { title: 'order', links: [toOrder()], width: 190 },
    delivered_at: { title: 'delivered', unit: 'dateTimeAsIso', width: 160 },
    seller_id: seller,
    product_id: { title: 'product', links: [toProduct()], width: 180 },
    beyond: { title: 'after the promise', limits: { warn: 0, bad: 3 } },
  },
});

export const board: Board = {
  uid: 'holdfast-sellers',
  title: 'Sellers',
  description: 'Who prepares fast, keeps promises and pleases customers, and who holds everybody up?',
  from: 'now-30d',
  history: true,
  variables: [textBox('seller', 'seller', 'Id of a seller to look at; empty: all.')],
  rows: [
    { title: 'Scores', panels: [totals, bestNow, ranking, history, best, breaches] },
    { title: 'Preparation', panels: [bottlenecks, preparation, spread] },
    { title: 'Deliveries', panels: [deliveries] },
  ],
};
