import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { interpolatePromql } from '../../grafana/src/check/interpolate.ts';
import { queriesOf } from '../../grafana/src/check/queries.ts';
import { board } from '../../grafana/src/dashboards/kafka.ts';
import { buildBoard } from '../../grafana/src/parts/board.ts';
import { ensureKafkaJars } from '../../stack/install/kafka-jars.mjs';
import { projectRoot } from '../../stack/install/paths.mjs';
import { startEmbeddedKafka } from '../../stack/kafka/start.ts';
import { freePorts } from '../../stack/start/ports.ts';
import { eventually } from '../support/eventually.ts';
import { parseExposition } from '../support/exposition.ts';
import { prometheusProgram, type RunningPrometheus, startPrometheus } from '../support/grafana/prometheus.ts';
import { createLenientTopic, produce, testKafka } from '../support/kafka-client.ts';
import { metricsOf } from '../support/promql.ts';

/** What the board asks of the brokers; the last panel asks their clients. */
const asked = queriesOf(buildBoard(board)).filter(({ promql }) => promql?.includes('kafka_'));

let names: ReadonlySet<string>;
let address: string;

beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-kafka-metrics-'));
  const [port, controllerPort, metricsPort] = (await freePorts(3)) as [number, number, number];
  const libsDir = await ensureKafkaJars();
  const broker = await startEmbeddedKafka({ dataDir, port, controllerPort, libsDir, metricsPort });
  address = `127.0.0.1:${metricsPort}`;
  await createLenientTopic(broker.brokers, 'orders', 2);
  await produce(broker.brokers, 'orders', [{ value: 'a', partition: 0 }]);
  await readFirst(broker.brokers);
  const text = await (await fetch(`http://${address}/metrics`)).text();
  names = new Set(
    [...parseExposition(text).values()].flatMap(({ samples }) => samples.map((one) => one.name)),
  );
  return async () => {
    await broker.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}, 180_000);

async function readFirst(brokers: string): Promise<void> {
  const consumer = testKafka(brokers).consumer({ groupId: 'test' });
  await consumer.connect();
  await consumer.subscribe({ topic: 'orders', fromBeginning: true });
  await new Promise<void>((resolve) => {
    void consumer.run({ eachMessage: async () => resolve() });
  });
  await consumer.disconnect();
}

it.each(asked.map((query) => [query.title, query] as const))(
  'the broker has what the panel "%s" asks for',
  (_, { promql }) => {
    for (const metric of metricsOf(withNumbers(promql))) expect(names, metric).toContain(metric);
  },
);

const withNumbers = (promql = ''): string =>
  interpolatePromql(promql, { from: new Date(0), to: new Date(), intervalMs: 15_000, variables: {} });

it('shows the JVM and the requests, too', () => {
  expect(names).toContain('jvm_heap_used_bytes');
  expect(names).toContain('kafka_network_request_p99_seconds');
});

it('is the exporter of docker-compose.yml', async () => {
  const versionIn = async (file: string, pattern: RegExp) =>
    pattern.exec(await readFile(join(projectRoot, file), 'utf8'))?.[1];
  const version = await versionIn('stack/kafka/pom.xml', /javaagent<\/artifactId>\s*<version>([^<]+)</);
  expect(version).toMatch(/^\d/);
  expect(await versionIn('docker-compose.yml', /jmx_prometheus_httpserver:([\d.]+)/)).toBe(version);
});

const without = prometheusProgram === undefined ? ' (needs the program `prometheus`)' : '';
describe.skipIf(prometheusProgram === undefined)(`scraped by a real Prometheus${without}`, () => {
  let prometheus: RunningPrometheus;
  beforeAll(async () => {
    prometheus = await startPrometheus(address, 'kafka');
    await eventually(
      'two scrapes',
      async () => (await prometheus.instant('count_over_time(up{job="kafka"}[1m]) > 1')).length > 0,
    );
    return () => prometheus.stop();
  });

  it.each(asked.map((query) => [`${query.title} ${query.refId}`, query] as const))(
    'the panel "%s" has something to show',
    async (_, { promql }) => {
      expect((await prometheus.instant(withNumbers(promql))).length).toBeGreaterThan(0);
    },
  );
});
