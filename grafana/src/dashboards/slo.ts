import type { Board } from '../parts/board.ts';
import { toBoard } from '../parts/links.ts';
import { statPanel, tablePanel, timePanel } from '../parts/panels.ts';
import { prom, proms, series, table } from '../parts/query.ts';
import { now } from '../parts/variables.ts';

const NOT_YET = 'no rules are evaluated yet';

const budget = (title: string, name: string, promise: string) =>
  statPanel({
    title,
    description: `How much of the error budget of 30 days is left? The promise: ${promise}. Below 0 it is broken.`,
    unit: 'percentunit',
    queries: prom(`slo:${name}:budget_left_30d`, 'left', { instant: true }),
    span: 6,
    noValue: NOT_YET,
    decimals: 1,
    limits: { warnBelow: 0.5, badBelow: 0.1 },
  });

const latencyBudget = budget(
  'Budget left: visible in time',
  'latency',
  '99.9 % of the events can be queried within 60 s',
);
const deadLetterBudget = budget(
  'Budget left: no dead letters',
  'dead_letters',
  '99.95 % of the records are processed without a dead letter',
);

const lateOrderBudget = budget(
  'Budget left: orders in time',
  'late_orders',
  '99 % of the paid orders leave PAID within HOLDFAST_LATE_AFTER_MINUTES',
);

const inTime = statPanel({
  title: 'Orders in time',
  description:
    'Are paid orders picked in time? The promise is 99 %. Of the paid orders whose time was over in the chosen span (whole hours), by event time; each is judged once.',
  unit: 'percentunit',
  queries: table('slo/in-time'),
  span: 6,
  height: 8,
  noValue: 'no orders',
  decimals: 2,
  limits: { warnBelow: 0.995, badBelow: 0.99 },
});

const watchdog = statPanel({
  title: now('Alerting path'),
  description:
    'Does Prometheus evaluate its rules? Age of the last Watchdog, which always fires; the alertbot complains when it stops hearing it.',
  unit: 's',
  queries: prom('time() - max(timestamp(ALERTS{alertname="Watchdog"}))', 'Watchdog', { instant: true }),
  span: 6,
  noValue: 'no Watchdog',
  limits: { warn: 120, bad: 600 },
});

const burn = (title: string, name: string, allowed: number) =>
  timePanel({
    title,
    description:
      'How fast does the budget burn? 1 uses it up in exactly 30 days. 14.4 over an hour, 6 over six hours and 1 over three days wake somebody.',
    unit: 'locale',
    queries: proms(
      ...['1h', '6h', '3d'].map(
        (window) => [`slo:${name}:error_ratio_${window} / ${allowed}`, window] as const,
      ),
    ),
    span: 8,
    noValue: NOT_YET,
    limits: { warn: 1, bad: 6 },
    limitLines: true,
    interval: '30s',
  });

const latencyBurn = burn('Burn: visible in time', 'latency', 0.001);
const deadLetterBurn = burn('Burn: no dead letters', 'dead_letters', 0.0005);

const lateOrderBurn = burn('Burn: orders in time', 'late_orders', 0.01);

const burnDown = timePanel({
  title: 'What is left of the budgets',
  description:
    'Will the budgets of 30 days last? A line that falls faster than it recovers will not; below 0 the promise is broken, and -100 % stands for that and anything worse.',
  unit: 'percentunit',
  queries: proms(
    ['clamp_min(slo:latency:budget_left_30d, -1)', 'visible in time'],
    ['clamp_min(slo:dead_letters:budget_left_30d, -1)', 'no dead letters'],
    ['clamp_min(slo:late_orders:budget_left_30d, -1)', 'orders in time'],
  ),
  span: 24,
  noValue: NOT_YET,
  // A bad day of a new installation would make all else flat.
  min: -1,
  max: 1,
  limits: { warnBelow: 0.5, badBelow: 0 },
  limitLines: true,
  interval: '5m',
});

const inTimeOverTime = timePanel({
  title: 'Orders in time, by when their time was over',
  description: 'When were orders picked too late?',
  unit: 'percentunit',
  queries: series('slo/in-time-over-time'),
  span: 18,
  max: 1,
  interval: '1h',
  limits: { warnBelow: 0.995, badBelow: 0.99 },
  noValue: 'no orders in the whole hours of the chosen time',
});

const firing = tablePanel({
  title: now('Rules that fire'),
  description: 'Which rules fire now? Their names are those of the pages in docs/runbooks.',
  unit: 'locale',
  queries: prom(
    'max by (alertname, severity, topic, partition, aggregate) (ALERTS{alertstate="firing"})',
    '',
    {
      instant: true,
      asTable: true,
    },
  ),
  span: 12,
  noValue: 'none',
  columns: { Time: { hidden: true }, Value: { hidden: true }, severity: { status: true } },
});

const firingOverTime = timePanel({
  title: 'Rules that fired',
  description: 'When did which rule fire?',
  unit: 'locale',
  queries: proms([
    'max by (alertname) (ALERTS{alertstate="firing", alertname!="Watchdog"})',
    '{{alertname}}',
  ]),
  span: 12,
  stacked: true,
  noValue: 'none',
  interval: '15s',
});

const slack = timePanel({
  title: 'Oldest message to Slack',
  description: 'Do alerts reach people?',
  unit: 's',
  queries: proms(['max(holdfast_outbox_oldest_seconds{outbox="slack"})', 'waits']),
  span: 12,
  limits: { warn: 60, bad: 300 },
  limitLines: true,
  interval: '15s',
  links: [toBoard('Delivery to Slack', 'holdfast-alerts')],
});

const notifications = timePanel({
  title: 'Notifications from Alertmanager, an hour',
  description: 'Does the alertbot hear of Prometheus? The Watchdog alone makes about twelve an hour.',
  unit: 'locale',
  queries: proms([
    'sum by (status) (rate(holdfast_alertmanager_notifications_total[$__rate_interval])) * 3600',
    '{{status}}',
  ]),
  span: 12,
  noValue: 'no alertbot',
  interval: '1m',
});

export const board: Board = {
  uid: 'holdfast-slo',
  title: 'Service levels and alerting',
  description: 'Are the promises kept, and would we hear of it if not?',
  rows: [
    { title: 'Promises', panels: [latencyBudget, deadLetterBudget, lateOrderBudget, watchdog, burnDown] },
    { title: 'How fast the budgets burn', panels: [latencyBurn, deadLetterBurn, lateOrderBurn] },
    { title: 'Orders in time', panels: [inTime, inTimeOverTime] },
    { title: 'Alerting itself', panels: [firing, firingOverTime, slack, notifications] },
  ],
};
