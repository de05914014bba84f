import type { Board } from '../parts/board.ts';
import { toBoard, toEvents, toOrder } from '../parts/links.ts';
import { barPanel, statPanel, tablePanel, timePanel } from '../parts/panels.ts';
import { series, table } from '../parts/query.ts';
import { now } from '../parts/variables.ts';

const flow = statPanel({
  title: 'In the chosen time',
  description:
    'How much came in and went out? Orders that first reached each state, and holds that were opened.',
  unit: 'locale',
  queries: series('control-tower/flow'),
  span: 9,
  reduce: 'sum',
  spark: true,
  noValue: '0',
  decimals: 0,
});

const holdRate = statPanel({
  title: 'Hold rate',
  description:
    'How many holds are opened for each order that comes in? Much more than usual means fraud, or a rule that no longer fits.',
  unit: 'percentunit',
  queries: table('control-tower/hold-rate'),
  span: 3,
  noValue: 'no orders',
  decimals: 1,
  limits: { warn: 0.1, bad: 0.2 },
});

const states = statPanel({
  title: now('Now'),
  description:
    'What is unfinished at this moment? Backlog: orders neither delivered nor canceled. Late: paid for longer than allowed, and not picked. The age says when the last record was committed.',
  unit: 'locale',
  queries: table('control-tower/states-now'),
  span: 8,
  noValue: '0',
  decimals: 0,
  columns: {
    backlog: { links: [toBoard('The orders', 'holdfast-orders')] },
    'late orders': { limits: { warn: 1, bad: 20 } },
    'open holds': {
      links: [toBoard('Held orders', 'holdfast-orders', 'var-status=HOLD')],
      limits: { warn: 50, bad: 200 },
    },
    'open alerts': { links: [toBoard('The alerts', 'holdfast-alerts')], limits: { warn: 50, bad: 200 } },
  },
});

const age = statPanel({
  title: 'Data age',
  description:
    'Can this page be trusted? Time since the last record was written, and since the last one was produced. Without traffic both grow; with traffic they stay below some seconds.',
  unit: 's',
  queries: table('control-tower/data-age'),
  span: 4,
  noValue: 'no data',
  decimals: 0,
  limits: { warn: 60, bad: 600 },
});

const inAndOut = timePanel({
  title: 'Orders in and out, a minute',
  description: 'Is as much coming in and going out as at the same hour a week ago? Out: orders shipped.',
  unit: 'locale',
  queries: series('control-tower/in-and-out'),
  span: 12,
  dashed: ['in, a week before'],
});

const overTime = timePanel({
  title: 'Backlog, late orders and open holds',
  description:
    'Does work pile up? The state at the end of each interval, right for the past too, however late the data came.',
  unit: 'locale',
  queries: series('control-tower/states-over-time'),
  span: 12,
});

const funnel = barPanel({
  title: now('Where the orders are'),
  description: 'At which status do unfinished orders wait? The funnel of what is under way.',
  unit: 'locale',
  queries: table('control-tower/funnel'),
  span: 8,
});

const waiting = tablePanel({
  title: now('How long they have been there'),
  description:
    'Where is work getting old? Time since the order reached its present status: half of the orders, 95 %, the oldest.',
  unit: 'locale',
  queries: table('control-tower/work-in-progress'),
  span: 16,
  columns: {
    stage: { status: true },
    status: {
      status: true,
      links: [toBoard('These orders', 'holdfast-orders', 'var-status=${__value.raw}')],
    },
    median_age: { title: 'half', unit: 's' },
    p95_age: { title: '95 %', unit: 's' },
    oldest: { unit: 's', limits: { warn: 172_800, bad: 604_800 } },
  },
});

const exceptions = tablePanel({
  title: now('The 50 worst'),
  description:
    'Which orders need somebody? Held and late orders, those that have waited longest first, with what was last done about them.',
  unit: 'locale',
  queries: table('control-tower/exceptions'),
  span: 24,
  height: 12,
  noValue: 'no exceptions',
  columns: {
    order_id: { title: 'order', links: [toOrder(), toEvents()], width: 190 },
    stage: { status: true, width: 120 },
    status: { status: true, width: 110 },
    reason: { width: 150 },
    age: { unit: 's', width: 110, limits: { warn: 3600, bad: 86_400 } },
    alert: { status: true, width: 150 },
    last_action: { title: 'last action' },
    acted_at: { title: 'at', unit: 'dateTimeAsIso' },
  },
});

const latestOrders = tablePanel({
  title: 'Latest orders',
  description: 'What has just come in?',
  unit: 'locale',
  queries: table('control-tower/latest-orders'),
  span: 12,
  height: 10,
  columns: {
    order_id: { title: 'order', links: [toOrder(), toEvents()], width: 180 },
    began: { unit: 'dateTimeAsIso', width: 160 },
    status: { status: true, width: 100 },
    reason: { width: 140 },
  },
});

const latestAlerts = tablePanel({
  title: 'Latest alerts',
  description: 'What did Holdfast last complain about?',
  unit: 'locale',
  queries: table('control-tower/latest-alerts'),
  span: 12,
  height: 10,
  columns: {
    opened_at: { title: 'opened', unit: 'dateTimeAsIso', width: 160 },
    kind: { width: 90 },
    severity: { status: true, width: 90 },
    status: { status: true, width: 130 },
    subject: { width: 220 },
    order_id: { title: 'order', links: [toOrder()], width: 160 },
    operator: { width: 80 },
  },
});

export const board: Board = {
  uid: 'holdfast-control-tower',
  title: 'Control tower',
  description: 'Is everything all right, and if not, which orders need somebody?',
  rows: [
    { title: 'Now', panels: [flow, holdRate, states, age] },
    { title: 'Flow', panels: [inAndOut, overTime, funnel, waiting] },
    { title: 'Exceptions', panels: [exceptions] },
    { title: 'Latest', panels: [latestOrders, latestAlerts] },
  ],
};
