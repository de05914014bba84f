import { bandPanel } from '../parts/bands.ts';
import type { Board } from '../parts/board.ts';
import { chartPanel } from '../parts/charts.ts';
import { toBoard } from '../parts/links.ts';
import { statPanel, tablePanel, timePanel } from '../parts/panels.ts';
import { series, table } from '../parts/query.ts';
import { choice, choiceOf, now } from '../parts/variables.ts';

const DAYS = 'suffix: d';

const quality = statPanel({
  title: 'Forecasts against what came',
  description:
    'Can the forecast be trusted? Weighted error an hour and a day ahead, the error against that of repeating last week (below 100 % is better), and how many hours lay within the interval that was to hold 90 % of them.',
  unit: 'percentunit',
  decimals: 0,
  queries: table('forecast/quality'),
  span: 24,
  noValue: 'nothing judged',
  columns: {
    'against last week': { limits: { warn: 0.9, bad: 1 } },
    'within the interval': { limits: { warnBelow: 0.85, badBelow: 0.75 } },
  },
});

const demand = bandPanel({
  title: 'Orders an hour, forecast and actual',
  description:
    'Does demand come as forecast, and what is coming? Orders, the last forecast with the interval that holds 90 % of what comes, and what was said a day before. The regions chosen, added up: their intervals are then wider than need be. Choose a time that reaches a day ahead to see what is coming.',
  unit: 'locale',
  decimals: 0,
  queries: series('forecast/demand'),
  span: 24,
  height: 10,
  interval: '1h',
  band: { low: 'low', high: 'high' },
  actual: 'orders',
  dashed: ['expected'],
  colours: { 'a day before': 'orange' },
  noValue: 'no forecast yet',
});

const nextDay = tablePanel({
  title: 'The next 24 hours',
  description:
    'Which hours of which region will be short of riders? Those with the highest load first: riders needed, against those usually there. Of a past time, what was said of the hours behind it.',
  unit: 'locale',
  decimals: 0,
  queries: table('forecast/next-day'),
  span: 14,
  height: 10,
  noValue: 'no forecast yet',
  columns: {
    hour: { unit: 'dateTimeAsIso', width: 160 },
    low: { title: 'at least' },
    high: { title: 'at most' },
    riders_needed: { title: 'riders needed' },
    riders_usual: { title: 'usually there' },
    load: { unit: 'percentunit', limits: { warn: 1, bad: 1.2 } },
  },
});

const riders = timePanel({
  title: 'Riders needed, usual, and there',
  description:
    'Will there be enough riders? What the forecast needs, how many usually come, and how many came.',
  unit: 'locale',
  decimals: 0,
  queries: series('forecast/riders'),
  span: 10,
  height: 10,
  interval: '1h',
  dashed: ['usual'],
  colours: { needed: 'orange', 'were there': 'green' },
  noValue: 'not known yet',
});

const byHorizon = chartPanel({
  title: 'Error by how far ahead',
  description:
    'How far ahead is a forecast worth something? Sum of the errors over the sum of the orders; beside it, that of the same hour a week before.',
  unit: 'percentunit',
  queries: table('forecast/error-by-horizon'),
  span: 12,
  along: 'ahead',
  colours: { forecast: 'blue', 'as a week before': 'text' },
  noValue: 'nothing judged',
});

const overTime = timePanel({
  title: 'Error over time',
  description: 'Is the forecast getting better or worse? Of each day (UTC), weighted by orders.',
  unit: 'percentunit',
  queries: series('forecast/error-over-time'),
  span: 12,
  interval: '1h',
  dashed: ['as a week before'],
  noValue: 'nothing judged',
});

const churnTotals = statPanel({
  title: 'Customers at the end of the chosen time',
  description:
    'How many customers will we lose? Those looked at last, those who are so likely to stay away that a promotion is due, how many are expected to leave (sum of the probabilities), and how many order less often than they did.',
  unit: 'locale',
  decimals: 0,
  queries: table('forecast/churn-totals'),
  span: 24,
  noValue: 'nobody looked at yet',
  columns: { 'ordering less': { unit: 'percentunit', decimals: 1, limits: { warn: 0.2, bad: 0.4 } } },
});

const segments = timePanel({
  title: 'Customers by segment',
  description:
    'Do customers stay? As of each weekly look. FALLING order less often than they did, LOST have gone.',
  unit: 'locale',
  queries: series('forecast/segments'),
  span: 12,
  interval: '1h',
  stacked: true,
  stepped: true,
  colours: { REGULAR: 'green', NEW: 'blue', FALLING: 'orange', LOST: 'red' },
  noValue: 'nobody looked at yet',
});

const byRegion = tablePanel({
  title: 'By region, at the end of the chosen time',
  description: 'Where are customers leaving? Mean probability, and those who are likely to leave.',
  unit: 'locale',
  queries: table('forecast/churn-by-region'),
  span: 12,
  noValue: 'nobody looked at yet',
  columns: {
    probability: { unit: 'percentunit', decimals: 0, limits: { warn: 0.4, bad: 0.6 } },
    likely: { title: 'likely to leave' },
  },
});

const customers = tablePanel({
  title: now('Most likely to leave'),
  description:
    'Who is leaving, and why? As of the last weekly look; ids are masked. Reasons: what raises (+) or lowers (−) the probability most, against the mean customer.',
  unit: 'locale',
  queries: table('forecast/customers'),
  span: 24,
  height: 10,
  noValue: 'nobody looked at yet',
  columns: {
    customer_id: { title: 'customer', width: 110 },
    probability: { unit: 'percentunit', decimals: 0, limits: { warn: 0.5, bad: 0.7 } },
    segment: { status: true },
    mean_gap_days: { title: 'orders every', unit: DAYS, decimals: 1 },
    last_order_at: { title: 'last order', unit: 'dateTimeAsIso', width: 160 },
    mean_value: { title: 'mean value', decimals: 0 },
    late_orders: { title: 'late orders' },
    why: { width: 280 },
    as_of: { title: 'as of', unit: 'dateTimeAsIso', width: 160 },
  },
});

const model = timePanel({
  title: 'How well leaving is predicted',
  description:
    'Is the model worth having? AUC of each weekly model on customers it had not seen (0.5 guesses, 1 knows), beside that of the time since the last order alone; and how far predicted and actual shares lie apart.',
  unit: 'none',
  decimals: 3,
  max: 1,
  queries: series('forecast/model'),
  span: 12,
  interval: '1h',
  dashed: ['recency alone'],
  noValue: 'nothing judged',
});

const effects = chartPanel({
  title: 'What makes customers leave',
  description:
    'What matters? By how much the odds of leaving are multiplied when a feature is one standard deviation higher; 1 is no effect.',
  unit: 'none',
  decimals: 2,
  queries: table('forecast/effects'),
  span: 12,
  along: 'feature',
  sideways: true,
  noLegend: true,
  noValue: 'no model yet',
});

const promotions = tablePanel({
  title: 'Promotions',
  description:
    'Do promotions bring people back? Customers chosen by lot got none: the difference between both shares that ordered again is what the promotion did, with its 95 % interval. One that holds 0 proves nothing.',
  unit: 'locale',
  queries: table('forecast/promotions'),
  span: 24,
  noValue: 'no promotion',
  columns: {
    at: {
      title: 'sent',
      unit: 'dateTimeAsIso',
      width: 150,
      links: [toBoard('Its actions', 'holdfast-anomalies')],
    },
    ends_at: { title: 'until', unit: 'dateTimeAsIso', width: 150 },
    status: { status: true },
    held_out: { title: 'without' },
    treated_rate: { title: 'came back', unit: 'percentunit', decimals: 1 },
    held_out_rate: { title: 'without it', unit: 'percentunit', decimals: 1 },
    difference: { unit: 'percentunit', decimals: 1 },
    low: { title: 'at least', unit: 'percentunit', decimals: 1 },
    high: { title: 'at most', unit: 'percentunit', decimals: 1 },
  },
});

export const board: Board = {
  uid: 'holdfast-forecast',
  title: 'Forecast and churn',
  description: 'What is coming, is the forecast any good, and which customers are leaving?',
  from: 'now-7d',
  history: true,
  variables: [
    choiceOf('region', 'region', 'Where it is delivered.', 'variables/forecast-regions'),
    choice('segment', 'segment', 'Of customers.', ['NEW', 'REGULAR', 'FALLING', 'LOST']),
  ],
  rows: [
    { title: 'Demand', panels: [quality, demand, nextDay, riders, byHorizon, overTime] },
    { title: 'Customers', panels: [churnTotals, segments, byRegion, customers] },
    { title: 'Model and promotions', panels: [model, effects, promotions] },
  ],
};
