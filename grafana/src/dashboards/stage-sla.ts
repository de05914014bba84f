import type { Board } from '../parts/board.ts';
import { toOrder } from '../parts/links.ts';
import { heatPanel, tablePanel, timePanel } from '../parts/panels.ts';
import { series, table } from '../parts/query.ts';
import { either, now } from '../parts/variables.ts';

const byLeg = tablePanel({
  title: 'How long each leg takes',
  description:
    'Where does the time go? Of the orders that began in the chosen time; out of histograms, at most 2.5 % off.',
  unit: 's',
  queries: table('stage-sla/by-leg'),
  span: 12,
  columns: {
    orders: { unit: 'locale' },
    p50: { title: 'half' },
    p95: { title: '95 %' },
    p99: { title: '99 %' },
  },
});

const overTime = timePanel({
  title: '95 % of the orders, by leg',
  description:
    'Is a leg getting slower? By the time the orders began: the newest orders are those that were fast.',
  unit: 's',
  queries: series('stage-sla/p95-over-time'),
  span: 12,
  interval: '1h',
});

const heat = heatPanel({
  title: 'How long: $leg',
  description: 'Is everybody slow, or a few? Orders by the time they began and the time the leg took.',
  unit: 'locale',
  queries: series('stage-sla/heatmap'),
  span: 24,
  interval: '1h',
});

const late = timePanel({
  title: 'Delivered after the promise',
  description: 'Which part of the deliveries that had a promised time missed it?',
  unit: 'percentunit',
  queries: series('stage-sla/delays-over-time'),
  span: 24,
  interval: '1h',
  max: 1,
  limits: { warn: 0.05, bad: 0.2 },
  noValue: 'nothing promised was delivered',
});

const regions = tablePanel({
  title: 'By region',
  description: 'Where do deliveries miss their promise, and where are orders canceled?',
  unit: 'locale',
  queries: table('stage-sla/delays-by-region'),
  span: 12,
  height: 10,
  columns: {
    delay_rate: {
      title: 'after the promise',
      unit: 'percentunit',
      limits: { warn: 0.05, bad: 0.2 },
      decimals: 1,
    },
    cancel_rate: { title: 'canceled', unit: 'percentunit', limits: { warn: 0.1, bad: 0.3 }, decimals: 1 },
  },
});

const overdue = tablePanel({
  title: now('Promised and not delivered'),
  description:
    'Which unfinished orders are beyond their promised time? The worst 50 of those that began in the chosen time.',
  unit: 'locale',
  queries: table('stage-sla/worst-delays'),
  span: 12,
  height: 10,
  noValue: 'none is overdue',
  columns: {
    order_id: { title: 'order', links: [toOrder()], width: 180 },
    status: { status: true },
    seller_id: { title: 'seller' },
    promised_at: { title: 'promised', unit: 'dateTimeAsIso' },
    overdue: { unit: 's', limits: { warn: 1, bad: 86_400 } },
  },
});

export const board: Board = {
  uid: 'holdfast-stage-sla',
  title: 'Stages and delivery',
  description: 'How long do orders take, leg by leg, and are promises kept?',
  from: 'now-7d',
  variables: [
    either('leg', 'leg', 'The leg that the heat map shows.', [
      'created to delivered',
      'created to paid',
      'paid to picking',
      'picking to packed',
      'packed to shipped',
      'shipped to delivered',
    ]),
  ],
  rows: [
    { title: 'Legs', panels: [byLeg, overTime, heat] },
    { title: 'Promises', panels: [late, regions, overdue] },
  ],
};
