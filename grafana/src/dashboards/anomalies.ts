import { bandPanel } from '../parts/bands.ts';
import type { Board } from '../parts/board.ts';
import { toIncident, toSeries } from '../parts/links.ts';
import { tablePanel, timePanel } from '../parts/panels.ts';
import { series, table } from '../parts/query.ts';
import { incidentCause, slackUrl, textBox } from '../parts/variables.ts';
import {
  actions,
  byStatus,
  effects,
  outside,
  sending,
  services,
  waiting,
  watching,
} from './anomalies/actions.ts';
import { effect, SHORT } from './anomalies/columns.ts';
import {
  byCause,
  byMetric,
  causes,
  incidents,
  itsActions,
  itsFindings,
  overTime,
  summary,
  totals,
} from './anomalies/incidents.ts';

const band = bandPanel({
  title: 'The series and its band',
  description:
    'What came, and what was expected? Of the series chosen, else of the one that deviated most in the chosen time. In the unit of the series: orders a step, seconds, shares. Red: what is called unusual; the legend of the panel below names the series.',
  unit: 'none',
  queries: series('anomalies/band'),
  span: 24,
  height: 9,
  interval: '1m',
  band: { low: 'low', high: 'high' },
  actual: 'observed',
  marked: 'unusual',
  dashed: ['expected'],
  noValue: 'nothing was measured',
});

const score = timePanel({
  title: 'How unusual it is',
  description: 'When was it called unusual, and how close was it before? From 0.5 on, when it lasts.',
  unit: 'none',
  max: 1,
  decimals: 2,
  queries: series('anomalies/score'),
  span: 12,
  height: 6,
  interval: '1m',
  limits: { warn: 0.5, bad: 0.8 },
  limitLines: true,
  noValue: 'nothing was measured',
});

const unusualSteps = timePanel({
  title: 'Series that are unusual, of all',
  description:
    'Is it one series, or everything? Share of the steps outside of what is ordinary, by what is measured. When all rise at once, look at the data before the platform.',
  unit: 'percentunit',
  queries: series('anomalies/unusual-steps'),
  span: 12,
  height: 6,
  interval: '5m',
  noValue: 'nothing was measured',
});

const findings = tablePanel({
  title: 'Findings',
  description:
    'Which figures were not as expected? At their peak, with the band; in all: over the whole finding. The figure leads to its series, the cause to its incident.',
  unit: 'locale',
  queries: table('anomalies/findings'),
  span: 24,
  height: 12,
  noValue: 'nothing was unusual',
  columns: {
    at: { title: 'began', unit: 'dateTimeAsIso', width: 160 },
    metric: { links: [toSeries()], width: 160 },
    place: { width: 170 },
    severity: { status: true },
    observed: SHORT,
    expected: SHORT,
    band_low: { title: 'from', ...SHORT },
    band_high: { title: 'to', ...SHORT },
    effect: { title: 'in all', ...effect },
    deviation: { unit: 'suffix: sd', decimals: 1 },
    lasted: { unit: 's', decimals: 1 },
    cause: { links: [toIncident()], width: 160 },
    incident_id: { hidden: true },
    series: { hidden: true },
  },
});

export const board: Board = {
  uid: 'holdfast-anomalies',
  title: 'Anomalies and actions',
  description: 'What is unusual, why, what was done about it, and did that help?',
  history: true,
  variables: [
    incidentCause(),
    textBox(
      'incident',
      'incident',
      'Id of an incident to look at; empty: the newest that lasts, else the newest.',
    ),
    textBox('series', 'series', 'Key of a series to look at; empty: the one that deviated most.'),
    slackUrl(),
  ],
  rows: [
    { title: 'Incidents', panels: [totals, incidents, byCause, overTime, byMetric] },
    { title: 'One incident', panels: [summary, causes, itsActions, itsFindings] },
    { title: 'One series', panels: [band, score, unusualSteps] },
    { title: 'Findings', panels: [findings] },
    { title: 'Actions and their effect', panels: [waiting, byStatus, effects, actions] },
    { title: 'Around it', panels: [watching, outside, services, sending] },
  ],
};
