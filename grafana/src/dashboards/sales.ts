import type { Board } from '../parts/board.ts';
import { asMatrix, chartPanel, firstOf } from '../parts/charts.ts';
import { toProduct } from '../parts/links.ts';
import { barPanel, statPanel, tablePanel, timePanel } from '../parts/panels.ts';
import { series, table } from '../parts/query.ts';
import { either } from '../parts/variables.ts';

const ONE_CURRENCY =
  'Amounts are as the orders have them: those of several currencies are added as they are.';

const totals = statPanel({
  title: 'Ordered in the chosen time',
  description: `How much was ordered, and how much of it was canceled? Canceled orders are in all numbers of this board. ${ONE_CURRENCY}`,
  unit: 'locale',
  queries: table('sales/totals'),
  span: 16,
  decimals: 0,
  noValue: 'no orders',
  columns: {
    'an order': { decimals: 2 },
    orders: { decimals: 0 },
    canceled: { unit: 'percentunit', decimals: 1, limits: { warn: 0.05, bad: 0.15 } },
  },
});

const correlation = statPanel({
  title: 'Reviews and delivery',
  description:
    'What do people hold against a shop? Correlation of the review score with how long the order took, with the delay against the promise, and with being late at all: -1 to 1, 0 for none.',
  unit: 'none',
  queries: table('sales/review-correlation'),
  span: 8,
  decimals: 2,
  noValue: 'no reviews',
});

const MONTHS = { row: 'month', column: 'category', value: 'revenue' } as const;

const byMonth = chartPanel({
  title: 'Revenue by month and category ($zone)',
  description: `Which categories grow? The eight largest of the chosen time, and all others. Months from midnight to midnight in the chosen time zone; the chosen time may cut off the first and the last. ${ONE_CURRENCY}`,
  unit: 'locale',
  queries: table('sales/by-month'),
  span: 24,
  height: 10,
  along: firstOf(MONTHS),
  stacked: true,
  noValue: 'nothing sold',
}).withTransformation(asMatrix(MONTHS));

const categories = tablePanel({
  title: 'By category',
  description: 'What sells? Orders: lines of orders, one for each product of an order.',
  unit: 'locale',
  queries: table('sales/by-category'),
  span: 12,
  height: 10,
  columns: {
    revenue: { decimals: 0 },
    share: { unit: 'percentunit', decimals: 1 },
    freight: { title: 'freight / revenue', unit: 'percentunit', decimals: 0 },
  },
});

const products = tablePanel({
  title: 'By product',
  description:
    'Which hundred products bring the most? With their present grade, which sets the priority of their alerts.',
  unit: 'locale',
  queries: table('sales/by-product'),
  span: 12,
  height: 10,
  columns: {
    product_id: { title: 'product', links: [toProduct()], width: 180 },
    revenue: { decimals: 0 },
    share: { unit: 'percentunit', decimals: 2 },
    a_piece: { title: 'a piece', decimals: 2 },
  },
});

const grades = tablePanel({
  title: 'Product grades (as of $followed)',
  description:
    'How much hangs on how few? Sales of the chosen time by the present grade of their product: A for the best sellers, C for the long tail.',
  unit: 'locale',
  queries: table('sales/grades'),
  span: 8,
  columns: { revenue: { decimals: 0 }, share: { unit: 'percentunit', decimals: 1 } },
});

const values = chartPanel({
  title: 'Order values',
  description:
    'How large are orders? Each bar holds the amounts below its own and not below that of the bar before, which is half of it.',
  unit: 'locale',
  queries: table('sales/order-values'),
  span: 8,
  along: 'value',
  noLegend: true,
});

const valueOverTime = timePanel({
  title: 'Order value over time',
  description: 'Do people order for more or for less? Out of histograms, at most 2.5 % off.',
  unit: 'locale',
  queries: series('sales/order-value'),
  span: 8,
  interval: '1h',
});

const scores = timePanel({
  title: 'Mean review score',
  description: 'Are customers content? From 1 to 5, by when they answered.',
  unit: 'none',
  queries: series('sales/reviews'),
  span: 12,
  min: 1,
  max: 5,
  decimals: 2,
  interval: '1h',
  limits: { warnBelow: 4, badBelow: 3 },
  noValue: 'no reviews',
});

const scoreCounts = timePanel({
  title: 'Reviews by score',
  description: 'How many reviews are there, and how many of them are bad?',
  unit: 'locale',
  queries: series('sales/review-scores'),
  span: 12,
  bars: true,
  stacked: true,
  interval: '1h',
  colours: { 1: 'red', 2: 'orange', 3: 'yellow', 4: 'light-green', 5: 'green' },
  noValue: 'no reviews',
});

const byDelay = chartPanel({
  title: 'Reviews against delay',
  description:
    'What does a broken promise cost? Mean score by how early or late the order came; number of reviews in brackets.',
  unit: 'none',
  queries: table('sales/reviews-by-delay'),
  span: 12,
  along: 'delivered',
  min: 1,
  max: 5,
  decimals: 1,
  limits: { warnBelow: 4, badBelow: 3 },
  noLegend: true,
  noValue: 'no reviews',
});

const reasons = barPanel({
  title: 'What reviews complain of',
  description: 'What do people write about? Reasons that the classifier found in the texts.',
  unit: 'locale',
  queries: table('sales/review-reasons'),
  span: 12,
  noValue: 'no complaints',
});

export const board: Board = {
  uid: 'holdfast-sales',
  title: 'Sales',
  description: 'What sells, for how much, and are people content with how it came?',
  from: 'now-30d',
  history: true,
  variables: [
    either('zone', 'months of', 'Time zone in which months begin.', [
      'Asia/Seoul',
      'UTC',
      'America/Sao_Paulo',
      'America/New_York',
      'Europe/Berlin',
    ]),
  ],
  rows: [
    { title: 'Sales', panels: [totals, correlation, byMonth, categories, products] },
    { title: 'Grades and values', panels: [grades, values, valueOverTime] },
    { title: 'Reviews', panels: [scores, scoreCounts, byDelay, reasons] },
  ],
};
