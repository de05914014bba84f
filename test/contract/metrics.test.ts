import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { findExecutable } from '../../stack/install/java.mjs';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { type Family, parseExposition } from '../support/exposition.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { createLenientTopic, produce } from '../support/kafka-client.ts';
import { runProcessor } from '../support/running-processor.ts';

/** What the contracts promise: name, type, labels of its own. */
const PROMISED: readonly (readonly [name: string, type: string, labels: readonly string[]])[] = [
  ['holdfast_build_info', 'gauge', ['node', 'version']],
  ['holdfast_records_consumed_total', 'counter', ['topic']],
  ['holdfast_records_dead_lettered_total', 'counter', ['reason']],
  ['holdfast_records_duplicate_total', 'counter', []],
  ['holdfast_records_too_late_total', 'counter', []],
  ['holdfast_schema_registry_lookups_total', 'counter', ['outcome']],
  ['holdfast_holds_opened_total', 'counter', ['reason']],
  ['holdfast_batch_duration_seconds', 'histogram', ['topic']],
  ['holdfast_batch_records', 'histogram', ['topic']],
  ['holdfast_end_to_end_latency_seconds', 'histogram', []],
  ['holdfast_batch_retries_total', 'counter', ['cause']],
  ['holdfast_consumer_rebalances_total', 'counter', []],
  ['holdfast_partition_stopped', 'gauge', ['partition', 'topic']],
  ['holdfast_consumer_lag', 'gauge', ['partition', 'topic']],
  ['holdfast_consumer_lag_seconds', 'gauge', ['partition', 'topic']],
  ['holdfast_topic_end_offset', 'gauge', ['partition', 'topic']],
  ['holdfast_watermark_age_seconds', 'gauge', []],
  ['holdfast_outbox_published_total', 'counter', ['topic']],
  ['holdfast_outbox_failures_total', 'counter', ['topic']],
  ['holdfast_outbox_depth', 'gauge', ['outbox', 'state']],
  ['holdfast_outbox_oldest_seconds', 'gauge', ['outbox']],
  ['holdfast_alerts', 'gauge', ['kind', 'status']],
  ['holdfast_alerts_oldest_seconds', 'gauge', ['kind']],
  ['holdfast_orders', 'gauge', ['state']],
  ['holdfast_orders_judged_total', 'counter', ['outcome']],
  ['holdfast_recent_orders', 'gauge', []],
  ['holdfast_recent_holds', 'gauge', []],
  ['holdfast_aggregate_refresh_age_seconds', 'gauge', ['aggregate']],
  ['holdfast_errors_total', 'counter', ['code']],
  ['holdfast_database_connections', 'gauge', ['state']],
  ['holdfast_event_time_seconds', 'gauge', []],
  ['holdfast_sequence_behind_seconds', 'gauge', []],
  ['holdfast_sequence_leader', 'gauge', []],
  ['holdfast_sequence_passes_total', 'counter', ['outcome']],
  ['holdfast_sequence_pass_duration_seconds', 'histogram', []],
  ['holdfast_milestones_followed_total', 'counter', ['kind']],
  ['holdfast_milestones_late_total', 'counter', ['kind']],
  ['holdfast_milestones_set_aside_total', 'counter', ['kind']],
  ['holdfast_facts_late_total', 'counter', ['topic']],
  ['holdfast_series_watched', 'gauge', []],
  ['holdfast_source_requests_total', 'counter', ['outcome', 'source']],
  ['holdfast_detection_steps_total', 'counter', []],
  ['holdfast_detector_evaluations_total', 'counter', []],
  ['holdfast_anomalies_total', 'counter', ['metric', 'severity']],
  ['holdfast_anomalies_open', 'gauge', []],
  ['holdfast_detection_event_time_seconds', 'gauge', []],
  ['holdfast_detection_behind_seconds', 'gauge', []],
  ['holdfast_webhook_requests_total', 'counter', ['outcome', 'target']],
  ['holdfast_webhook_duration_seconds', 'histogram', ['target']],
];

/** They are there only once something has happened that does not happen here. */
const SILENT = new Set([
  'holdfast_schema_registry_lookups_total',
  'holdfast_batch_retries_total',
  'holdfast_outbox_failures_total',
  'holdfast_errors_total',
  'holdfast_orders_judged_total',
  'holdfast_sequence_passes_total',
  'holdfast_milestones_followed_total',
  'holdfast_milestones_late_total',
  'holdfast_milestones_set_aside_total',
  'holdfast_facts_late_total',
  'holdfast_anomalies_total',
  'holdfast_source_requests_total',
  'holdfast_webhook_requests_total',
  'holdfast_webhook_duration_seconds',
]);

const ORDERS = 30;
let text: string;
let families: Map<string, Family>;

function value(name: string, labels: Readonly<Record<string, string>> = {}): number {
  const samples =
    families.get(name.replace(/_(bucket|sum|count)$/, ''))?.samples ?? families.get(name)?.samples;
  return (samples ?? [])
    .filter(
      (one) => one.name === name && Object.entries(labels).every(([key, own]) => one.labels[key] === own),
    )
    .reduce((sum, one) => sum + one.value, 0);
}

beforeAll(async () => {
  const prefix = freshTopicPrefix();
  const { url } = await freshDatabase();
  await createLenientTopic(kafkaBrokers(), `${prefix}orders`, 2);
  const now = Date.now();
  const values = Array.from({ length: ORDERS }, (_, index) =>
    JSON.stringify({
      order_id: `secret-order-${index}`,
      event_type: 'ORDER_CREATED',
      occurred_at: new Date(now - 60_000).toISOString(),
      user_id: index % 3 === 0 ? null : 'secret-user',
      product_id: 'secret-product',
      shipping_address: '1 Secret Street',
    }),
  );
  const all = [...values, values[0] as string, 'no JSON', '{}'];
  await produce(
    kafkaBrokers(),
    `${prefix}orders`,
    all.map((one, index) => ({ value: one, partition: index % 2 })),
  );
  const { url: http } = await runProcessor({
    databaseUrl: url,
    brokers: kafkaBrokers(),
    prefix,
    cleanUp: (stop) => stops.push(stop),
  });
  await eventually('all records and an empty outbox, and gauges that have been read since', async () => {
    text = await (await fetch(`${http}/metrics`)).text();
    families = parseExposition(text);
    return (
      value('holdfast_records_consumed_total', { topic: 'orders' }) === all.length &&
      value('holdfast_consumer_lag') === 0 &&
      value('holdfast_outbox_published_total', { topic: 'dead-letters' }) === 2 &&
      value('holdfast_alerts', { kind: 'EVENT' }) === 2 &&
      value('holdfast_outbox_depth', { outbox: 'kafka' }) === 0
    );
  });
  return async () => {
    for (const stop of stops) await stop();
  };
}, 240_000);
const stops: (() => Promise<void>)[] = [];

it.each(PROMISED)('%s is there', (name, type, labels) => {
  const family = families.get(name);
  expect(family?.type).toBe(type);
  if (!SILENT.has(name)) expect(family?.samples.length).toBeGreaterThan(0);
  for (const sample of family?.samples ?? []) {
    const own = Object.keys(sample.labels).filter((label) => label !== 'program' && label !== 'le');
    expect(own.sort()).toEqual(labels);
    expect(sample.labels.program).toBe('processor');
  }
});

it('has no other metrics of its own', () => {
  const own = [...families.keys()].filter((name) => name.startsWith('holdfast_'));
  expect(own.sort()).toEqual(PROMISED.map(([name]) => name).sort());
});

it('has names as Prometheus wants them: base units, counters that end in _total', () => {
  for (const { name, type } of families.values()) {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(name).not.toMatch(/_(ms|millis|milliseconds|minutes|hours|kb|mb|percent)(_|$)/);
    if (name.startsWith('holdfast_')) expect(name.endsWith('_total')).toBe(type === 'counter');
  }
});

it('names no order, user or product anywhere', () => {
  expect(text).not.toContain('secret');
});

it('has few series, however many orders there are', () => {
  for (const { name, samples } of families.values()) expect(samples.length, name).toBeLessThan(300);
});

describe('what was counted', () => {
  it('is what was sent', () => {
    expect(value('holdfast_records_consumed_total', { topic: 'orders' })).toBe(ORDERS + 3);
    expect(value('holdfast_records_dead_lettered_total', { reason: 'PARSE_ERROR' })).toBe(1);
    expect(value('holdfast_records_dead_lettered_total', { reason: 'SCHEMA_MISSING' })).toBe(1);
    expect(value('holdfast_records_duplicate_total')).toBe(1);
    expect(value('holdfast_holds_opened_total', { reason: 'FUL-VALID' })).toBe(ORDERS / 3);
    expect(value('holdfast_end_to_end_latency_seconds_count')).toBe(ORDERS + 1);
    expect(value('holdfast_batch_records_sum', { topic: 'orders' })).toBe(ORDERS + 3);
    expect(value('holdfast_consumer_lag')).toBe(0);
    expect(value('holdfast_consumer_lag_seconds')).toBe(0);
    expect(value('holdfast_topic_end_offset', { topic: 'orders' })).toBe(ORDERS + 3);
    expect(value('holdfast_partition_stopped')).toBe(0);
    expect(value('holdfast_outbox_published_total', { topic: 'dead-letters' })).toBe(2);
    expect(value('holdfast_alerts', { kind: 'EVENT', status: 'OPEN' })).toBe(2);
    expect(value('holdfast_alerts_oldest_seconds', { kind: 'EVENT' })).toBeGreaterThanOrEqual(0);
    expect(value('holdfast_orders', { state: 'backlog' })).toBe(ORDERS);
    expect(value('holdfast_orders', { state: 'held' })).toBe(ORDERS);
    expect(value('holdfast_orders', { state: 'late' })).toBe(0);
    expect(value('holdfast_recent_orders')).toBe(ORDERS);
    expect(value('holdfast_recent_holds')).toBe(value('holdfast_holds_opened_total'));
    expect(value('holdfast_watermark_age_seconds')).toBeGreaterThanOrEqual(60);
  });

  it('lies in histograms whose buckets add up', () => {
    for (const { type, samples, name } of families.values()) {
      if (type !== 'histogram') continue;
      const infinite = samples
        .filter((one) => one.labels.le === '+Inf')
        .reduce((sum, one) => sum + one.value, 0);
      expect(infinite, name).toBe(value(`${name}_count`));
    }
  });
});

it('shows libraries once, under names that are not ours', () => {
  const libraries = [...families.keys()].filter((name) => /^(db|messaging|kafka|pg|http)_/.test(name));
  expect(libraries).toEqual(['messaging_client_operation_duration']);
  const runtime = [...families.keys()].filter((name) => /^(process|nodejs|v8js)_/.test(name));
  expect(runtime).toContain('process_cpu_seconds_total');
  expect(runtime.filter((name) => name.startsWith('v8js'))).toEqual([]);
});

const promtool = findExecutable('promtool');
test.skipIf(promtool === undefined)(
  `promtool finds nothing wrong${promtool ? '' : ' (needs promtool)'}`,
  () => {
    const { status, stdout, stderr } = spawnSync(promtool ?? '', ['check', 'metrics'], {
      input: text,
      encoding: 'utf8',
    });
    const complaints = `${stdout}${stderr}`.split('\n').filter((line) => /^(holdfast|error)/.test(line));
    expect(complaints).toEqual([]);
    // 3: only style, of names that libraries chose.
    expect([0, 3]).toContain(status);
  },
);
