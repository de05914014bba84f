import { chartPanel } from '../../parts/charts.ts';
import { type DataLink, toIncident, toSeries, toSlack } from '../../parts/links.ts';
import { statPanel, tablePanel, timePanel } from '../../parts/panels.ts';
import { series, table } from '../../parts/query.ts';
import { effect, SHORT, slack } from './columns.ts';

const itsTime: DataLink = {
  title: 'Show the time around it',
  url: '/d/holdfast-anomalies?var-incident=${__data.fields.incident_id}&from=${__data.fields.from_ms}&to=${__data.fields.to_ms}&${timescaledb:queryparam}&${prometheus:queryparam}',
};

export const totals = statPanel({
  title: 'In the chosen time',
  description:
    'How much was unusual, and how well was it understood? Incidents that began, the critical ones, those whose cause was named, how long it took until a finding was noticed, and until an incident was over (medians, event time).',
  unit: 'locale',
  decimals: 0,
  queries: table('anomalies/totals'),
  span: 24,
  noValue: 'none',
  columns: {
    critical: { limits: { warn: 1, bad: 10 } },
    'cause named': { unit: 'percentunit', limits: { warnBelow: 0.7, badBelow: 0.4 } },
    'noticed after': { unit: 's', limits: { warn: 1800, bad: 7200 } },
    'over after': { unit: 's' },
  },
});

export const incidents = tablePanel({
  title: 'Incidents',
  description:
    'What is or was wrong, where, why, and is anybody at it? Findings that belong together. The time leads to causes, findings and actions of the incident, the alert to its thread in Slack, where actions are approved.',
  unit: 'locale',
  queries: table('anomalies/incidents'),
  span: 24,
  height: 9,
  noValue: 'nothing was unusual',
  columns: {
    incident_id: { hidden: true },
    opened_at: { title: 'began', unit: 'dateTimeAsIso', width: 160, links: [toIncident()] },
    severity: { status: true, width: 90 },
    state: { status: true, width: 70 },
    cause: { width: 180, links: [toIncident()] },
    probability: { title: 'sure', unit: 'percentunit', decimals: 0, width: 70 },
    lasted: { unit: 's', decimals: 1 },
    waiting: { title: 'to be approved', limits: { warn: 1, bad: 5 } },
    alert: { status: true, links: [toSlack], width: 130 },
    ...slack,
  },
});

export const byCause = chartPanel({
  title: 'Incidents by cause',
  description: 'What goes wrong most often?',
  unit: 'locale',
  queries: table('anomalies/by-cause'),
  span: 8,
  height: 6,
  along: 'cause',
  sideways: true,
  noLegend: true,
  noValue: 'nothing was unusual',
});

export const overTime = timePanel({
  title: 'Incidents over time',
  description:
    'Is it getting worse? Incidents by when they began, a day each; an hour each over up to four days.',
  unit: 'locale',
  queries: series('anomalies/over-time'),
  span: 8,
  height: 6,
  interval: '1h',
  bars: true,
  stacked: true,
  noValue: 'nothing was unusual',
});

export const byMetric = chartPanel({
  title: 'Findings by what was measured',
  description: 'Which figures go astray, and in which direction?',
  unit: 'locale',
  queries: table('anomalies/findings-by-metric'),
  span: 8,
  height: 6,
  along: 'what',
  sideways: true,
  noLegend: true,
  noValue: 'nothing was unusual',
});

export const summary = tablePanel({
  title: 'The incident',
  description:
    'Which incident is looked at? The one that was chosen, else the newest that lasts at the end of the chosen time, else the newest up to then. Its beginning leads to the time around it.',
  unit: 'locale',
  queries: table('anomalies/incident-summary'),
  span: 24,
  height: 4,
  noValue: 'there is no such incident',
  columns: {
    incident_id: { title: 'incident', links: [itsTime] },
    opened_at: { title: 'began', unit: 'dateTimeAsIso', width: 160, links: [itsTime] },
    closed_at: { title: 'over', unit: 'dateTimeAsIso', width: 160 },
    severity: { status: true, width: 90 },
    state: { status: true, width: 70 },
    alert: { status: true, links: [toSlack], width: 130 },
    from_ms: { hidden: true },
    to_ms: { hidden: true },
    ...slack,
  },
});

export const causes = tablePanel({
  title: 'Why',
  description:
    'What is behind it, and what speaks for that? Causes by probability, each with what was looked at; weight: for it above 0, against it below (natural logarithm of odds).',
  unit: 'locale',
  queries: table('anomalies/incident-causes'),
  span: 24,
  height: 7,
  noValue: 'nothing known',
  columns: {
    cause: { width: 170 },
    probability: { unit: 'percentunit', decimals: 0, width: 90 },
    evidence: { width: 800 },
    weight: { decimals: 1, width: 80 },
  },
});

export const itsActions = tablePanel({
  title: 'What was done about it',
  description:
    'What was sent, by whose word, and did the figures come back? Its approval or its reason is in the note.',
  unit: 'locale',
  queries: table('anomalies/incident-actions'),
  span: 24,
  height: 6,
  noValue: 'nothing was done',
  columns: {
    at: { title: 'decided', unit: 'dateTimeAsIso', width: 150 },
    action: { width: 200 },
    target: { width: 180 },
    status: { status: true, width: 100 },
    decided_by: { title: 'by' },
    note: { width: 300 },
    sent_at: { title: 'sent', unit: 'dateTimeAsIso', width: 150 },
    returned_at: { title: 'back in its band', unit: 'dateTimeAsIso', width: 150 },
    undone_by: { title: 'taken back by' },
  },
});

export const itsFindings = tablePanel({
  title: 'Its findings',
  description:
    'Which figures were not as expected, by how much, for how long? The figure leads to its series.',
  unit: 'locale',
  queries: table('anomalies/incident-findings'),
  span: 24,
  height: 6,
  noValue: 'none',
  columns: {
    at: { title: 'began', unit: 'dateTimeAsIso', width: 160 },
    metric: { links: [toSeries()] },
    severity: { status: true },
    observed: SHORT,
    expected: SHORT,
    effect: { title: 'in all', ...effect },
    deviation: { unit: 'suffix: sd', decimals: 1 },
    lasted: { unit: 's', decimals: 1 },
    series: { hidden: true },
  },
});
