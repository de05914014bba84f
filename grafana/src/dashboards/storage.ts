import type { Board } from '../parts/board.ts';
import { statPanel, tablePanel, timePanel } from '../parts/panels.ts';
import { prom, proms, table } from '../parts/query.ts';
import { now } from '../parts/variables.ts';

const size = statPanel({
  title: now('Database'),
  description: 'How large is the database?',
  unit: 'bytes',
  queries: table('storage/database-size'),
  span: 4,
});

const stalest = statPanel({
  title: now('Stalest rollup, in intervals of its policy'),
  description:
    'Is every rollup refreshed? The one that is furthest behind, as a multiple of how often it should be refreshed.',
  unit: 'locale',
  queries: table('storage/stalest'),
  span: 8,
  decimals: 1,
  noValue: 'never refreshed',
  limits: { warn: 3, bad: 10 },
  columns: { aggregate: { unit: 'string' } },
});

const failures = statPanel({
  title: now('Jobs whose last run failed'),
  description: 'Do refresh, compression and retention work?',
  unit: 'locale',
  queries: table('storage/failed-jobs'),
  span: 4,
  limits: { warn: 1, bad: 1 },
});

const waiting = timePanel({
  title: 'Connections of the pool',
  description: 'Does the processor wait for a connection?',
  unit: 'locale',
  queries: proms(['sum by (state) (holdfast_database_connections)', '{{state}}']),
  span: 8,
  height: 4,
  interval: '15s',
});

const aggregates = tablePanel({
  title: now('Freshness of the rollups'),
  description:
    'How old is each rollup, against how often it should be refreshed? Newer rows are added when it is read; late ones are missing until then.',
  unit: 'locale',
  queries: table('storage/aggregates'),
  span: 12,
  height: 12,
  columns: {
    age: { unit: 's', limits: { warn: 7200, bad: 14_400 } },
    every: { unit: 's' },
    status: { width: 100 },
    failures: { limits: { warn: 1, bad: 10 } },
    took: { unit: 's' },
  },
});

const freshness = timePanel({
  title: 'Freshness over time',
  description: 'When was a rollup not refreshed? This is what the alert AggregateStale watches.',
  unit: 's',
  queries: proms(['max by (aggregate) (holdfast_aggregate_refresh_age_seconds >= 0)', '{{aggregate}}']),
  span: 12,
  height: 12,
  limits: { warn: 7200, bad: 14_400 },
  legendRight: true,
  interval: '15s',
});

const tables = tablePanel({
  title: now('Tables and rollups'),
  description: 'What takes the space, in how many chunks, and how much of it is compressed?',
  unit: 'locale',
  queries: table('storage/tables'),
  span: 24,
  height: 12,
  columns: {
    bytes: { unit: 'bytes', gauge: true },
    oldest: { unit: 'dateTimeAsIso' },
    newest: { unit: 'dateTimeAsIso' },
  },
});

const compression = tablePanel({
  title: now('Compression'),
  description: 'Is what is old enough compressed? Overdue chunks should have been by now.',
  unit: 'locale',
  queries: table('storage/compression'),
  span: 8,
  height: 10,
  columns: { overdue: { limits: { warn: 2, bad: 10 } } },
});

const jobs = tablePanel({
  title: now('Jobs'),
  description: 'When did each job run, and did it succeed?',
  unit: 'locale',
  queries: table('storage/jobs'),
  span: 16,
  height: 10,
  columns: {
    job_id: { unit: 'none', width: 80 },
    failures: { limits: { warn: 1, bad: 10 } },
    last_run: { title: 'last run', unit: 'dateTimeAsIso' },
    next_start: { title: 'next', unit: 'dateTimeAsIso' },
  },
});

const write = timePanel({
  title: 'Time of a write',
  description: 'How long does the database take for a batch, and for one record of it?',
  unit: 's',
  queries: [
    prom(
      'histogram_quantile(0.99, sum by (le) (rate(holdfast_batch_duration_seconds_bucket[$__rate_interval])))',
      'a batch, 99 %',
    ),
    prom(
      'sum(rate(holdfast_batch_duration_seconds_sum[$__rate_interval])) / sum(rate(holdfast_batch_records_sum[$__rate_interval]))',
      'a record, mean',
      { refId: 'B' },
    ),
  ],
  span: 24,
  limits: { warn: 1, bad: 5 },
  interval: '15s',
});

export const board: Board = {
  uid: 'holdfast-storage',
  title: 'Storage',
  description: 'Is the database fast, fresh and not full?',
  rows: [
    { title: 'Now', panels: [size, stalest, failures, waiting] },
    { title: 'Rollups', panels: [aggregates, freshness] },
    { title: 'Chunks', panels: [tables, compression, jobs] },
    { title: 'Writing', panels: [write] },
  ],
};
