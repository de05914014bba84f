import type { Board } from '../parts/board.ts';
import { chartPanel } from '../parts/charts.ts';
import { toBoard, toSeries } from '../parts/links.ts';
import { heatPanel, statPanel, tablePanel, timePanel } from '../parts/panels.ts';
import { series, table } from '../parts/query.ts';
import { choiceOf, now } from '../parts/variables.ts';

const totals = statPanel({
  title: 'In the chosen time',
  description:
    'How is the platform doing? Orders, how many were canceled, how many arrived, how many of these after the promised moment, how long they took, and what customers gave of 5.',
  unit: 'locale',
  queries: table('platform/totals'),
  span: 16,
  decimals: 0,
  noValue: 'no orders',
  columns: {
    canceled: { unit: 'percentunit', decimals: 1, limits: { warn: 0.12, bad: 0.25 } },
    'after the promise': { unit: 'percentunit', decimals: 1, limits: { warn: 0.1, bad: 0.3 } },
    'it took': { unit: 's', decimals: 1 },
    satisfaction: { unit: 'none', decimals: 2, limits: { warnBelow: 4, badBelow: 3 } },
  },
});

const unusual = statPanel({
  title: now('Unusual'),
  description:
    'Is anything wrong, and does anything wait for a person? Incidents that last, series that are outside their band, and actions that wait for an approval.',
  unit: 'locale',
  queries: table('platform/unusual-now'),
  span: 8,
  limits: { warn: 1, bad: 10 },
  links: [toBoard('What, why, and what is done', 'holdfast-anomalies')],
});

const orders = timePanel({
  title: 'Orders an hour, by region',
  description: 'Where do orders come from, and where have they stopped coming?',
  unit: 'locale',
  decimals: 0,
  queries: series('platform/orders-by-region'),
  span: 12,
  interval: '15m',
  noValue: 'no orders',
});

const byHour = heatPanel({
  title: 'Orders by region and hour',
  description: 'Which hours are busy in which region? Orders placed in each hour.',
  unit: 'locale',
  queries: series('platform/orders-by-hour'),
  span: 12,
  interval: '1h',
  noValue: 'no orders',
});

const regions = tablePanel({
  title: 'By region',
  description:
    'Which region does worse than the others? The largest first; a region leads to the series of its orders.',
  unit: 'locale',
  queries: table('platform/by-region'),
  span: 24,
  height: 7,
  noValue: 'no orders',
  columns: {
    region: { links: [toSeries()] },
    canceled: { unit: 'percentunit', decimals: 1, limits: { warn: 0.12, bad: 0.25 } },
    value: { title: 'order value', decimals: 0 },
    took: { title: 'order to door', unit: 's', decimals: 1 },
    late: { title: 'after the promise', unit: 'percentunit', decimals: 1, limits: { warn: 0.1, bad: 0.3 } },
    satisfaction: { unit: 'none', decimals: 2, limits: { warnBelow: 4, badBelow: 3 } },
    series: { hidden: true },
  },
});

const cancellations = timePanel({
  title: 'Canceled, of the orders placed',
  description:
    'Do customers or restaurants give up more than usual? Cancellations and orders of the same moment.',
  unit: 'percentunit',
  queries: series('platform/cancellations'),
  span: 12,
  interval: '1h',
});

const values = timePanel({
  title: 'Order value',
  description: 'Do people order for more or for less? Mean amount of the orders placed, in their currency.',
  unit: 'locale',
  decimals: 0,
  queries: series('platform/order-value'),
  span: 12,
  interval: '15m',
});

const success = timePanel({
  title: 'Deliveries that succeed',
  description: 'Does food reach people? Delivered, of the deliveries that came to an end.',
  unit: 'percentunit',
  max: 1,
  queries: series('platform/delivery-success'),
  span: 8,
  interval: '15m',
  limits: { warnBelow: 0.97, badBelow: 0.9 },
  noValue: 'no deliveries',
});

const deliveryTime = timePanel({
  title: 'From order to door',
  description: 'How long do people wait? Mean of the orders delivered at each moment.',
  unit: 's',
  decimals: 1,
  queries: series('platform/delivery-time'),
  span: 8,
  interval: '15m',
  noValue: 'nothing delivered',
});

const whereTimeGoes = timePanel({
  title: 'Kitchen or way?',
  description:
    'Where does the time go? Until the rider has it (accepting, cooking, waiting for a rider), and on the way: what grows says whom to ask.',
  unit: 's',
  decimals: 1,
  queries: series('platform/where-time-goes'),
  span: 8,
  interval: '15m',
  stacked: true,
  colours: { 'until hand-over': 'orange', transit: 'purple' },
  noValue: 'nothing delivered',
});

const failures = chartPanel({
  title: 'Why deliveries fail',
  description: 'What went wrong? Deliveries that failed, by the reason given.',
  unit: 'locale',
  queries: table('platform/delivery-failures'),
  span: 8,
  along: 'reason',
  sideways: true,
  noLegend: true,
  noValue: 'no delivery failed',
});

const riders = timePanel({
  title: 'Riders',
  description:
    'Are there enough riders? Those who are there, those of them who wait for an order, and how many were expected.',
  unit: 'locale',
  decimals: 0,
  queries: series('platform/riders'),
  span: 8,
  interval: '5m',
  dashed: ['expected'],
  colours: { there: 'green', 'waiting for an order': 'blue' },
  noValue: 'no rider has been heard of',
});

const ridersByRegion = tablePanel({
  title: 'Riders by region, at the end of the chosen time',
  description:
    'Which region is short of riders? There, against how many were expected; orders of the hour before.',
  unit: 'locale',
  decimals: 0,
  queries: table('platform/riders-by-region'),
  span: 8,
  noValue: 'no rider has been heard of',
  columns: {
    region: { links: [toSeries()] },
    share: { title: 'of expected', unit: 'percentunit', limits: { warnBelow: 0.8, badBelow: 0.6 } },
    series: { hidden: true },
  },
});

const refusals = timePanel({
  title: 'Orders that restaurants refuse, by reason',
  description: 'Do restaurants turn orders away, and why? Refused, of all that were answered at that moment.',
  unit: 'percentunit',
  queries: series('platform/refusals'),
  span: 12,
  interval: '15m',
  bars: true,
  stacked: true,
  noValue: 'nothing was refused',
});

const preparation = timePanel({
  title: 'Time to cook',
  description: 'Are kitchens getting slower? Mean time of preparation of the orders that got ready.',
  unit: 's',
  decimals: 1,
  queries: series('platform/preparation'),
  span: 12,
  interval: '15m',
  noValue: 'nothing got ready',
});

const restaurants = tablePanel({
  title: 'Restaurants',
  description:
    'Which restaurants need somebody? A hundred, those with the most unusual steps first; a restaurant leads to the series of its refusals.',
  unit: 'locale',
  queries: table('platform/restaurants'),
  span: 24,
  height: 10,
  noValue: 'no restaurant has been heard of',
  columns: {
    restaurant: { links: [toSeries()] },
    orders: { decimals: 0 },
    refused: { unit: 'percentunit', decimals: 1, limits: { warn: 0.1, bad: 0.25 } },
    preparation: { title: 'to cook', unit: 's', decimals: 1 },
    'order to door': { unit: 's', decimals: 1 },
    answers: { title: 'answers within', unit: 'ms', decimals: 0, limits: { warn: 2000, bad: 10_000 } },
    unusual: { title: 'unusual steps', limits: { warn: 1, bad: 12 } },
    series: { hidden: true },
  },
});

const payments = timePanel({
  title: 'Payments that fail, by method',
  description: 'Is one way of paying broken? Failed, of those that were approved or failed.',
  unit: 'percentunit',
  queries: series('platform/payment-failures'),
  span: 12,
  interval: '15m',
  noValue: 'no payments',
});

const paymentErrors = tablePanel({
  title: 'Payments',
  description: 'What do payment services answer, and what is paid back? A method leads to its series.',
  unit: 'locale',
  queries: table('platform/payment-errors'),
  span: 12,
  noValue: 'no payments',
  columns: {
    method: { links: [toSeries()] },
    failed: { unit: 'percentunit', decimals: 1, limits: { warn: 0.05, bad: 0.2 } },
    reasons: { title: 'failures', width: 320 },
    series: { hidden: true },
  },
});

const satisfaction = timePanel({
  title: 'Mean score of reviews',
  description: 'Are customers content? From 1 to 5, by when they answered.',
  unit: 'none',
  decimals: 2,
  min: 1,
  max: 5,
  queries: series('platform/satisfaction'),
  span: 24,
  interval: '1h',
  limits: { warnBelow: 4, badBelow: 3 },
  noValue: 'no reviews',
});

export const board: Board = {
  uid: 'holdfast-platform',
  title: 'Platform',
  description: 'Do orders come in and food get out, in every region, and who is in the way if not?',
  history: true,
  variables: [choiceOf('region', 'region', 'Where it is delivered.', 'variables/platform-regions')],
  rows: [
    { title: 'At a glance', panels: [totals, unusual] },
    { title: 'Orders', panels: [orders, byHour, regions, cancellations, values] },
    {
      title: 'Deliveries and riders',
      panels: [success, deliveryTime, whereTimeGoes, failures, riders, ridersByRegion],
    },
    { title: 'Restaurants', panels: [refusals, preparation, restaurants] },
    { title: 'Payments', panels: [payments, paymentErrors] },
    { title: 'Satisfaction', panels: [satisfaction] },
  ],
};
