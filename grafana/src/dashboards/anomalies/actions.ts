import { asMatrix, chartPanel, firstOf } from '../../parts/charts.ts';
import { toIncident, toSeries, toSlack } from '../../parts/links.ts';
import { statPanel, tablePanel, timePanel } from '../../parts/panels.ts';
import { prom, proms, series, table } from '../../parts/query.ts';
import { now } from '../../parts/variables.ts';
import { effect, slack } from './columns.ts';

export const waiting = tablePanel({
  title: now('Actions that wait for a person'),
  description:
    'What may be done only if somebody says so? Approve or reject it in Slack, at the alert of its incident; it expires otherwise.',
  unit: 'locale',
  queries: table('anomalies/waiting'),
  span: 12,
  noValue: 'nothing waits',
  columns: {
    at: { title: 'proposed', unit: 'dateTimeAsIso', width: 150 },
    expires_at: { title: 'until', unit: 'dateTimeAsIso', width: 150 },
    cause: { links: [toIncident()] },
    incident_id: { hidden: true },
    alert: { status: true, links: [toSlack] },
    ...slack,
  },
});

const STATUSES = { row: 'action', column: 'status', value: 'actions' } as const;

export const byStatus = chartPanel({
  title: 'Actions and what became of them',
  description:
    'What is done most, and does it reach the platform? FAILED has been refused, or given up after hours.',
  unit: 'locale',
  queries: table('anomalies/actions-by-status'),
  span: 12,
  along: firstOf(STATUSES),
  stacked: true,
  sideways: true,
  colours: { DONE: 'green', FAILED: 'red', PROPOSED: 'orange', SENT: 'blue', APPROVED: 'light-blue' },
  noValue: 'nothing was done',
}).withTransformation(asMatrix(STATUSES));

export const effects = tablePanel({
  title: 'Does it help?',
  description:
    'Which actions bring figures back, how fast, and how fast do they come back when nobody acts? Medians, event time; without action: of incidents of the same cause in which nobody acted.',
  unit: 'locale',
  queries: table('anomalies/effects'),
  span: 24,
  noValue: 'no action has been followed',
  columns: {
    returned: {
      title: 'back in its band',
      unit: 'percentunit',
      decimals: 0,
      limits: { warnBelow: 0.7, badBelow: 0.4 },
    },
    returned_after: { title: 'after', unit: 's', decimals: 1 },
    untreated: { title: 'without action', unit: 's', decimals: 1 },
  },
});

export const actions = tablePanel({
  title: 'Actions in the chosen time',
  description:
    'What was done to whom, and what did it change? Before: how far the series was from what was expected; with and without action: what came, against the estimate of what would have come.',
  unit: 'locale',
  queries: table('anomalies/actions'),
  span: 24,
  height: 12,
  noValue: 'nothing was done',
  columns: {
    at: { title: 'decided', unit: 'dateTimeAsIso', width: 150 },
    action: { links: [toSeries()], width: 190 },
    target: { width: 180 },
    status: { status: true },
    cause: { links: [toIncident()] },
    incident_id: { hidden: true },
    decided_by: { title: 'by' },
    before: effect,
    returned_after: { title: 'back after', unit: 's', decimals: 1 },
    untreated: { title: 'without action', unit: 's', decimals: 1 },
    observed: { title: 'came', decimals: 1 },
    without_action: { title: 'would have come', decimals: 1 },
    difference: { decimals: 1 },
    note: { width: 260 },
    series: { hidden: true },
  },
});

export const watching = statPanel({
  title: now('Watching'),
  description:
    'Does detection run, and keep up? Series that are watched, findings that last, and how much event time is over and not judged yet (the alert DetectionBehind watches it).',
  unit: 'locale',
  queries: [
    prom('max(holdfast_series_watched)', 'series', { instant: true }),
    prom('max(holdfast_anomalies_open)', 'findings', { refId: 'B', instant: true }),
    prom('max(holdfast_detection_behind_seconds)', 'behind', { refId: 'C', instant: true }),
  ],
  span: 24,
  noValue: 'nothing is watched',
  columns: { behind: { unit: 's', limits: { warn: 600, bad: 1800 } } },
});

export const outside = timePanel({
  title: 'Weather and traffic',
  description:
    'What did the outside say? Weather from 0 (fair) to 1 (nobody rides); traffic is the travel time over that of free roads.',
  unit: 'none',
  decimals: 2,
  queries: series('anomalies/outside'),
  span: 8,
  interval: '5m',
  noValue: 'no source is set up, or none answered',
});

export const services = tablePanel({
  title: 'Outside services',
  description: 'Do the services that are probed answer? Share of the probes that were answered well.',
  unit: 'locale',
  queries: table('anomalies/services'),
  span: 8,
  noValue: 'no service is probed',
  columns: {
    answered: { unit: 'percentunit', decimals: 1, limits: { warnBelow: 0.99, badBelow: 0.9 } },
    p95: { title: '95 % within', unit: 's', decimals: 2 },
    last_failure: { title: 'last failure', unit: 'dateTimeAsIso', width: 150 },
  },
});

export const sending = timePanel({
  title: 'Sending actions, a minute',
  description:
    'Does the platform hear of it? Attempts by outcome; dead is what the alert ActionsFailing watches.',
  unit: 'locale',
  queries: proms([
    'sum by (target, outcome) (rate(holdfast_webhook_requests_total{target=~"platform|operations"}[$__rate_interval])) * 60',
    '{{target}} {{outcome}}',
  ]),
  span: 8,
  interval: '15s',
  noValue: 'nothing was sent',
});
