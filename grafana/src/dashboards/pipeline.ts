import type { Board } from '../parts/board.ts';
import { statPanel, tablePanel, timePanel } from '../parts/panels.ts';
import { prom, proms, table } from '../parts/query.ts';
import { now } from '../parts/variables.ts';

const FINE = '15s';

const consumed = timePanel({
  title: 'Records a second',
  description: 'How much is processed, of which topic? Committed records, rejected ones included.',
  unit: 'locale',
  queries: proms(['sum by (topic) (rate(holdfast_records_consumed_total[$__rate_interval]))', '{{topic}}']),
  span: 8,
  interval: FINE,
});

const errors = timePanel({
  title: 'Rejected, duplicate and too late, a minute',
  description: 'What does not become an event, and why?',
  unit: 'locale',
  queries: proms(
    ['sum by (reason) (rate(holdfast_records_dead_lettered_total[$__rate_interval])) * 60', '{{reason}}'],
    ['sum(rate(holdfast_records_duplicate_total[$__rate_interval])) * 60', 'duplicate'],
    ['sum(rate(holdfast_records_too_late_total[$__rate_interval])) * 60', 'too late'],
  ),
  span: 8,
  interval: FINE,
});

const batch = timePanel({
  title: 'From a batch at hand to its commit',
  description: 'How long does the database take for a batch? Points are single batches that have a trace.',
  unit: 's',
  queries: [
    prom(
      'histogram_quantile(0.5, sum by (le) (rate(holdfast_batch_duration_seconds_bucket[$__rate_interval])))',
      'half',
    ),
    prom(
      'histogram_quantile(0.99, sum by (le) (rate(holdfast_batch_duration_seconds_bucket[$__rate_interval])))',
      '99 %',
      { refId: 'B', exemplar: true },
    ),
  ],
  span: 8,
  limits: { warn: 1, bad: 5 },
  interval: FINE,
});

const lagSeconds = timePanel({
  title: 'Lag in seconds',
  description: 'How old is the oldest record that is not in the database yet, by partition?',
  unit: 's',
  queries: proms(['max by (topic, partition) (holdfast_consumer_lag_seconds)', '{{topic}} {{partition}}']),
  span: 8,
  noLegend: true,
  limits: { warn: 60, bad: 600 },
  limitLines: true,
  interval: FINE,
});

const lag = timePanel({
  title: 'Lag in records',
  description: 'How many records wait in Kafka, by partition? Goes on when the consumer does not.',
  unit: 'locale',
  queries: proms(['max by (topic, partition) (holdfast_consumer_lag)', '{{topic}} {{partition}}']),
  span: 8,
  noLegend: true,
  limits: { warn: 1000, bad: 100_000 },
  interval: FINE,
});

const endToEnd = timePanel({
  title: 'From produced to committed',
  description: 'How soon is an event in the tables? The promise is 99.9 % within 60 s.',
  unit: 's',
  queries: [
    prom(
      'histogram_quantile(0.5, sum by (le) (rate(holdfast_end_to_end_latency_seconds_bucket[$__rate_interval])))',
      'half',
    ),
    prom(
      'histogram_quantile(0.99, sum by (le) (rate(holdfast_end_to_end_latency_seconds_bucket[$__rate_interval])))',
      '99 %',
      { refId: 'B', exemplar: true },
    ),
  ],
  span: 8,
  limits: { warn: 1, bad: 60 },
  interval: FINE,
});

const stopped = statPanel({
  title: now('Stopped partitions'),
  description:
    'Is a partition stopped because its position and the log contradict each other? Then `npm run offsets` is needed.',
  unit: 'locale',
  queries: prom('sum(max by (topic, partition) (holdfast_partition_stopped))', 'stopped', { instant: true }),
  span: 4,
  noValue: 'none',
  limits: { warn: 1, bad: 1 },
});

const watermark = statPanel({
  title: now('Latest event'),
  description: 'How old is the latest event time that a processor has committed? -1 before the first.',
  unit: 's',
  queries: prom('min(holdfast_watermark_age_seconds)', 'age', { instant: true }),
  span: 4,
  noValue: 'no processor',
  limits: { warn: 60, bad: 600 },
});

const up = statPanel({
  title: now('Programs that answer'),
  description: 'Do the programs answer Prometheus?',
  unit: 'locale',
  queries: prom('sum by (job) (up{job=~"processor|alertbot"})', '{{job}}', { instant: true }),
  span: 4,
  noValue: 'none',
  limits: { warnBelow: 1, badBelow: 1 },
});

const retries = timePanel({
  title: 'Batches tried again, and rebalances',
  description:
    'What makes it stumble? conflict: two writers met. unavailable: the database was away. fault: look at the log. moved: another instance took over. Joins: instances that joined the group.',
  unit: 'locale',
  queries: proms(
    ['sum by (cause) (increase(holdfast_batch_retries_total[$__rate_interval]))', '{{cause}}'],
    ['sum(increase(holdfast_consumer_rebalances_total[$__rate_interval]))', 'joins'],
  ),
  span: 12,
  height: 4,
  bars: true,
  stacked: true,
  interval: FINE,
});

const outbox = timePanel({
  title: 'Messages that wait to be published',
  description: 'Do holds and dead letters get out? By outbox and state; dead is given up.',
  unit: 'locale',
  queries: proms(['max by (outbox, state) (holdfast_outbox_depth)', '{{outbox}} {{state}}']),
  span: 8,
  interval: FINE,
});

const outboxAge = timePanel({
  title: 'Oldest message that waits',
  description: 'Since when does nothing get out?',
  unit: 's',
  queries: proms(['max by (outbox) (holdfast_outbox_oldest_seconds)', '{{outbox}}']),
  span: 8,
  limits: { warn: 60, bad: 300 },
  interval: FINE,
});

const batchSize = timePanel({
  title: 'Records in a batch',
  description:
    'Does it work in large bites? Small ones mean that it keeps up; the largest ones that it catches up.',
  unit: 'locale',
  queries: proms([
    'sum(rate(holdfast_batch_records_sum[$__rate_interval])) / sum(rate(holdfast_batch_records_count[$__rate_interval]))',
    'mean',
  ]),
  span: 8,
  interval: FINE,
});

const positions = tablePanel({
  title: now('Positions, and the last record of each partition'),
  description: 'When did each partition last get a record, and how far is it processed?',
  unit: 'locale',
  queries: table('pipeline/last-produced'),
  span: 12,
  noValue: 'nothing was read yet',
  columns: {
    partition: { unit: 'none' },
    epoch: { unit: 'none' },
    next_offset: { title: 'next offset', unit: 'none' },
    since_produced: { title: 'last produced', unit: 's' },
    since_committed: { title: 'last committed', unit: 's' },
  },
});

const newErrors = tablePanel({
  title: 'New errors today (Korean day)',
  description: 'Which reasons for rejecting a record were not seen in the 31 days before?',
  unit: 'locale',
  queries: table('pipeline/new-errors'),
  span: 12,
  noValue: 'no new kinds of errors',
  columns: {
    error_type: { title: 'error' },
    error_text: { title: 'reason' },
    first_seen: { title: 'first', unit: 'dateTimeAsIso' },
    last_seen: { title: 'last', unit: 'dateTimeAsIso' },
  },
});

const rejected = tablePanel({
  title: 'Rejected records',
  description:
    'What could not be read, why, and where does it lie? The latest 100; their bytes are in pipeline_error_logs, and in dead-letters.',
  unit: 'locale',
  queries: table('pipeline/rejected'),
  span: 24,
  height: 10,
  noValue: 'nothing was rejected',
  columns: {
    kafka_timestamp: { title: 'in Kafka', unit: 'dateTimeAsIso', width: 170 },
    error_type: { title: 'error', width: 150 },
    error_text: { title: 'reason' },
    partition: { unit: 'none', width: 80 },
    kafka_offset: { title: 'offset', unit: 'none' },
    bytes: { unit: 'bytes' },
  },
});

export const board: Board = {
  uid: 'holdfast-pipeline',
  title: 'Pipeline',
  description: 'From Kafka to the tables: rate, errors, duration. Is anything falling behind?',
  from: 'now-12h',
  rows: [
    { title: 'Rate, errors, duration', panels: [consumed, errors, batch] },
    { title: 'Behind', panels: [lagSeconds, lag, endToEnd] },
    {
      title: 'State',
      panels: [stopped, watermark, up, retries, outbox, outboxAge, batchSize, positions, newErrors],
    },
    { title: 'Dead letters', panels: [rejected] },
  ],
};
