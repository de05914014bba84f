import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeliveryMetrics } from '../../alertbot/delivery/metrics.ts';
import { createAlertbotMetrics } from '../../alertbot/metrics.ts';
import { generateBoards } from '../../grafana/src/all-boards.ts';
import { interpolatePromql } from '../../grafana/src/check/interpolate.ts';
import { initialValues, queriesOf } from '../../grafana/src/check/queries.ts';
import { createRegistry } from '../../platform/metrics/registry.ts';
import { allRules } from '../support/alert-rules.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { explorationQueries } from '../support/grafana/exploration.ts';
import { prometheusProgram, type RunningPrometheus, startPrometheus } from '../support/grafana/prometheus.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { createLenientTopic, produce } from '../support/kafka-client.ts';
import { metricsOf } from '../support/promql.ts';
import { runProcessor } from '../support/running-processor.ts';

const run = describe.skipIf(prometheusProgram === undefined);
const WITHOUT = prometheusProgram === undefined ? ' (needs the program `prometheus`)' : '';

const boards = (await generateBoards()).map(({ dashboard }) => dashboard);
const queries = boards.flatMap((board) =>
  queriesOf(board)
    .filter(({ promql }) => promql !== undefined)
    .map((query) => [`${board.title}: ${query.title} ${query.refId}`, query, board] as const),
);

/** Silent as long as all is well: batches that were tried again, messages given up; and webhooks, of which none is sent here. */
const QUIET = new Set([
  'holdfast_batch_retries_total',
  'holdfast_webhook_requests_total',
  'nodejs_gc_duration_seconds_sum',
]);
/** Made by the JMX exporter of a broker, which is not part of this test. */
const OF_BROKERS = /^kafka_/;
/** Made by Prometheus for rules that fire; no rules are loaded here. */
const OF_RULES = new Set(['ALERTS', ...allRules().flatMap(({ record }) => record ?? [])]);

let prometheus: RunningPrometheus;
let scraped: ReadonlySet<string>;
let ofAlertbot: ReadonlySet<string>;
const undos: (() => Promise<void>)[] = [];

beforeAll(async () => {
  if (prometheusProgram === undefined) return;
  const registry = createRegistry('alertbot', '0');
  createAlertbotMetrics(registry);
  createDeliveryMetrics(registry);
  ofAlertbot = new Set((await registry.getMetricsAsJSON()).map(({ name }) => name));

  const prefix = freshTopicPrefix();
  const { url: databaseUrl } = await freshDatabase();
  await createLenientTopic(kafkaBrokers(), `${prefix}orders`, 2);
  const processor = await runProcessor({
    databaseUrl,
    brokers: kafkaBrokers(),
    prefix,
    cleanUp: (undo) => undos.push(undo),
  });
  prometheus = await startPrometheus(new URL(processor.url).host, 'processor');
  undos.push(() => prometheus.stop());
  const send = () =>
    produce(
      kafkaBrokers(),
      `${prefix}orders`,
      [created('a'), created('b'), created('b'), 'no JSON', '{}'].map((value, index) => ({
        value,
        partition: index % 2,
      })),
    );
  await eventually(
    'rates to be there',
    async () => {
      await send();
      const rates = await prometheus.instant('rate(holdfast_records_dead_lettered_total[60s]) > 0');
      const rollups = await prometheus.instant('holdfast_alerts');
      return rates.length > 1 && rollups.length > 0;
    },
    { everyMs: 1000, timeoutMs: 90_000 },
  );
  scraped = new Set(await prometheus.names());
}, 240_000);

afterAll(async () => {
  for (const undo of undos.toReversed()) await undo();
});

function created(orderId: string): string {
  return JSON.stringify({
    order_id: orderId,
    event_type: 'ORDER_CREATED',
    occurred_at: new Date().toISOString(),
    product_id: 'p',
  });
}

run.each(queries)(`%s${WITHOUT}`, (_, query, board) => {
  it('asks for metrics that are there, and has something to show where they are', async () => {
    const to = new Date();
    const expression = interpolatePromql(query.promql ?? '', {
      from: new Date(to.getTime() - 3_600_000),
      to,
      intervalMs: 15_000,
      variables: await initialValues(board, async () => ['']),
    });
    const metrics = metricsOf(expression);
    const series = query.instant
      ? await prometheus.instant(expression)
      : await prometheus.range(expression, 2);
    const absent = metrics.filter((name) => !scraped.has(name));
    for (const name of absent) expect(isKnown(name), `${name} in ${expression}`).toBe(true);
    const mayBeEmpty =
      absent.length > 0 || metrics.every((name) => QUIET.has(name)) || NOT_HERE.test(expression);
    if (!mayBeEmpty) expect(series.length, expression).toBeGreaterThan(0);
  });

  it('shows labels in its legend that its result has', async () => {
    const targets = query.panel.targets as unknown as { refId?: string; legendFormat?: string }[];
    const target = targets.find(({ refId }) => refId === query.refId);
    const labels = [...(target?.legendFormat ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(
      ([, label = '']) => label,
    );
    for (const label of labels)
      expect(query.promql, label).toMatch(new RegExp(`by \\([^)]*\\b${label}\\b|^(?!.*\\bby \\()`, 's'));
  });
});

/** Of the rollups, no policy has run; and Slack has nothing to send. */
const NOT_HERE = /holdfast_aggregate_refresh_age_seconds >= 0/;

const isKnown = (name: string): boolean =>
  QUIET.has(name) ||
  OF_BROKERS.test(name) ||
  OF_RULES.has(name) ||
  ofAlertbot.has(name) ||
  ofAlertbot.has(name.replace(/_(bucket|sum|count)$/, ''));

run(`annotations${WITHOUT}`, () => {
  it('have the time of the start of each program, in milliseconds', async () => {
    const started = boards[0]?.annotations.list?.find(({ name }) => name === 'Starts and deploys');
    const { expr = '' } = (started?.target ?? {}) as { expr?: string };
    const found = await prometheus.instant(`${expr} > 1000 * (time() - 3600) < 1000 * time()`);
    expect(found.map(({ metric }) => metric)).toEqual([
      expect.objectContaining({ program: 'processor', version: expect.stringMatching(/^\d/) }),
    ]);
  });
});

run(`docs/exploration.md${WITHOUT}`, () => {
  it.each(explorationQueries('promql'))('%s: Prometheus has an answer', async (_, expression) => {
    for (const name of metricsOf(expression)) expect(scraped.has(name), name).toBe(true);
    expect((await prometheus.instant(expression)).length, expression).toBeGreaterThan(0);
  });
});
