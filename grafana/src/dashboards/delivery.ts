import type { Board } from '../parts/board.ts';
import { chartPanel } from '../parts/charts.ts';
import { toOrder, toSeller } from '../parts/links.ts';
import { statPanel, tablePanel, timePanel } from '../parts/panels.ts';
import { series, table } from '../parts/query.ts';
import { either } from '../parts/variables.ts';

const DAYS = 'suffix: d';

const STAGE_COLOURS = {
  approval: 'blue',
  'preparation (seller)': 'orange',
  'transit (carrier)': 'purple',
} as const;

const inTime = statPanel({
  title: 'Delivered in the chosen time',
  description:
    'Are promises kept? Orders that arrived, how many after the promised moment, how long they took from the order on average, and how long was promised. Whole days (UTC).',
  unit: 'locale',
  queries: table('delivery/in-time'),
  span: 10,
  decimals: 0,
  noValue: 'nothing delivered',
  columns: {
    'after the promise': { unit: 'percentunit', decimals: 1, limits: { warn: 0.05, bad: 0.2 } },
    'it took': { unit: DAYS, decimals: 1 },
    promised: { unit: DAYS, decimals: 1 },
  },
});

const riskCount = statPanel({
  title: 'At risk at the end of it',
  description:
    'How many orders under way at the end of the chosen time will probably be late (30 % or more), and how many of such were beyond their promise already? By the latest assessment before that moment.',
  unit: 'locale',
  queries: table('delivery/at-risk-count'),
  span: 6,
  noValue: 'none',
  limits: { warn: 1, bad: 50 },
});

const quality = statPanel({
  title: 'Predictions made at $moment',
  description:
    'Can predictions be trusted? Of the orders delivered in the chosen time: how many had been assessed, how many came within the span that was to hold 80 % of them, and by how much half of the predictions were off at most.',
  unit: 'locale',
  queries: table('delivery/prediction-quality'),
  span: 8,
  decimals: 0,
  noValue: 'nothing judged',
  columns: {
    'within the span': { unit: 'percentunit', limits: { warnBelow: 0.7, badBelow: 0.5 } },
    'off by': { unit: DAYS, decimals: 1 },
  },
});

const sliding = timePanel({
  title: 'Delivered after the promise, over the last 7, 30 and 90 days',
  description:
    'Is it getting worse? At each day of event time, the part of the deliveries of that day and the days before it that missed their promise.',
  unit: 'percentunit',
  queries: series('delivery/sliding-rate'),
  span: 12,
  interval: '1h',
  limits: { warn: 0.05, bad: 0.2 },
  noValue: 'nothing promised was delivered',
});

const promisedAndActual = timePanel({
  title: 'Promised and actual time',
  description:
    'Does the promise fit what happens? Mean time from order to delivery against the mean time promised, by the day of delivery; by week over more than 120 days.',
  unit: DAYS,
  decimals: 1,
  queries: series('delivery/promised-and-actual'),
  span: 12,
  interval: '1h',
  dashed: ['promised'],
  noValue: 'nothing delivered',
});

const shares = chartPanel({
  title: 'Where the time goes, and where the delay comes from',
  description:
    'Is it the seller or the carrier? Mean time of each stage, of the orders that came in time and of those that came late: what is longer in the lower bar is where the delay comes from.',
  unit: DAYS,
  decimals: 1,
  queries: table('delivery/stage-shares'),
  span: 12,
  along: 'which',
  stacked: true,
  sideways: true,
  colours: STAGE_COLOURS,
  noValue: 'nothing delivered',
});

const sharesOverTime = timePanel({
  title: 'Share of each stage',
  description: 'Which stage takes a growing part of the time from order to delivery?',
  unit: DAYS,
  decimals: 1,
  queries: series('delivery/shares-over-time'),
  span: 12,
  stacked: 'percent',
  interval: '1h',
  colours: STAGE_COLOURS,
  noValue: 'nothing delivered',
});

const stageTimes = tablePanel({
  title: 'How long each stage takes',
  description:
    'What is usual? Of the orders delivered in the chosen time; out of histograms, at most 2.5 % off.',
  unit: 's',
  queries: table('delivery/stage-times'),
  span: 12,
  columns: {
    orders: { unit: 'locale' },
    p50: { title: 'half' },
    p95: { title: '95 %' },
    p99: { title: '99 %' },
  },
});

const p95 = timePanel({
  title: '95 % of the orders, by stage',
  description: 'Is a stage getting slower for those who wait longest? By the day of delivery.',
  unit: DAYS,
  decimals: 1,
  queries: series('delivery/p95-over-time'),
  span: 12,
  interval: '1h',
});

const errors = chartPanel({
  title: 'How early, how late',
  description:
    'How far from the promise do orders arrive? Far too early is a promise that could be better; late is one that was broken.',
  unit: 'locale',
  queries: table('delivery/promise-errors'),
  span: 24,
  along: 'class',
  stacked: true,
  colours: { kept: 'green', missed: 'red' },
});

const groupColumns = {
  delay_rate: {
    title: 'after the promise',
    unit: 'percentunit',
    decimals: 1,
    limits: { warn: 0.05, bad: 0.2 },
  },
  preparation: { unit: DAYS, decimals: 1 },
  transit: { unit: DAYS, decimals: 1 },
  in_all: { title: 'in all', unit: DAYS, decimals: 1 },
} as const;

const regions = tablePanel({
  title: 'By region',
  description:
    'Which regions get their orders late? By late orders; the means tell whether the way or the seller is slow.',
  unit: 'locale',
  queries: table('delivery/by-region'),
  span: 12,
  height: 10,
  columns: groupColumns,
});

const sellers = tablePanel({
  title: 'By seller',
  description: 'Whose orders come late? The 50 sellers with the most late orders.',
  unit: 'locale',
  queries: table('delivery/by-seller'),
  span: 12,
  height: 10,
  columns: { seller_id: { title: 'seller', links: [toSeller()], width: 150 }, ...groupColumns },
});

const atRisk = tablePanel({
  title: 'Orders at risk at the end of the chosen time',
  description:
    'Which orders under way will probably be late (30 % or more), and when will they arrive? As was known then; a hundred, those whose promise lies still ahead first. 90 % of such orders arrive before the latest.',
  unit: 'locale',
  queries: table('delivery/at-risk'),
  span: 24,
  height: 12,
  noValue: 'none is at risk',
  columns: {
    order_id: { title: 'order', links: [toOrder()], width: 190 },
    probability: {
      title: 'late with',
      unit: 'percentunit',
      decimals: 0,
      width: 90,
      limits: { warn: 0.3, bad: 0.6 },
    },
    known_since: { title: 'assessed at', width: 120 },
    assessed_at: { title: 'on', unit: 'dateTimeAsIso', width: 160 },
    promised_at: { title: 'promised', unit: 'dateTimeAsIso', width: 160 },
    expected_at: { title: 'expected', unit: 'dateTimeAsIso', width: 160 },
    beyond: { title: 'after the promise', unit: DAYS, decimals: 1, limits: { warn: 0, bad: 3 } },
    latest_at: { title: 'at the latest', unit: 'dateTimeAsIso', width: 160 },
    grade: { width: 70 },
    seller_id: { title: 'seller', links: [toSeller()] },
  },
});

const calibration = chartPanel({
  title: 'Predicted and come true, at $moment',
  description:
    'When 30 % is said, are 30 % late? Of the orders delivered in the chosen time, by the probability that had been predicted: the mean prediction, and the part that came late. Equal bars are perfect.',
  unit: 'percentunit',
  queries: table('delivery/calibration'),
  span: 12,
  along: 'predicted_as',
  max: 1,
  colours: { predicted: 'blue', 'came late': 'red' },
  columns: { orders: { hidden: true } },
  noValue: 'nothing judged',
});

const predictionErrors = timePanel({
  title: 'How far off half of the predictions are, at $moment',
  description: 'Does the prediction tell more than the promise? Median distance from the moment of delivery.',
  unit: DAYS,
  decimals: 1,
  queries: series('delivery/prediction-errors'),
  span: 12,
  interval: '1h',
  dashed: ['promise'],
  noValue: 'nothing judged',
});

export const board: Board = {
  uid: 'holdfast-delivery',
  title: 'Delivery',
  description: 'Are promises kept, who or what makes orders late, and which ones will be?',
  from: 'now-30d',
  history: true,
  variables: [either('moment', 'predicted at', 'When the prediction was made.', ['HAND_OVER', 'APPROVAL'])],
  rows: [
    { title: 'Promises', panels: [inTime, riskCount, quality, sliding, promisedAndActual, errors] },
    { title: 'Seller or carrier?', panels: [shares, sharesOverTime, stageTimes, p95] },
    { title: 'Who', panels: [regions, sellers] },
    { title: 'What will be late', panels: [atRisk, calibration, predictionErrors] },
  ],
};
