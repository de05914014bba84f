import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { alertRules } from '../support/alert-rules.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { type Installation, installation, pathWithOnly } from '../support/npm-start.ts';
import { describeWithTools } from '../support/tools.ts';

/** With a database and a broker that run already, so that the start is quick. */
async function place(): Promise<{ place: Installation; env: NodeJS.ProcessEnv }> {
  const database = await freshDatabase({ migrated: false });
  return {
    place: await installation(),
    env: {
      DATABASE_URL: database.url,
      KAFKA_BROKERS: kafkaBrokers(),
      KAFKA_TOPIC_PREFIX: freshTopicPrefix(),
      GRAFANA_HOME: '',
    },
  };
}

const json = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;

describeWithTools('npm start with Prometheus on the PATH', ['prometheus', 'prometheus-alertmanager'], () => {
  test('starts it with our rules, has it scrape our programs, and stops it with the others', async () => {
    const { place: here, env } = await place();
    const run = here.start(['--no-simulator'], { env });
    await run.printed(/ready in/);
    const prometheus = `http://127.0.0.1:${here.env.PROMETHEUS_PORT}`;
    const alertmanager = `http://127.0.0.1:${here.env.ALERTMANAGER_PORT}`;
    expect(run.output()).toContain(`prometheus  ${prometheus}`);
    expect(run.output()).toContain(`alerts      ${alertmanager}`);
    expect(run.output()).toMatch(/no Grafana: unpack it from \S+ and set GRAFANA_HOME/);

    type Rules = { data: { groups: { rules: { name: string; type: string }[] }[] } };
    const { data } = await json<Rules>(`${prometheus}/api/v1/rules`);
    const loaded = data.groups.flatMap(({ rules }) => rules).filter(({ type }) => type === 'alerting');
    expect(loaded.map(({ name }) => name).toSorted()).toEqual(
      alertRules()
        .map(({ alert }) => alert)
        .toSorted(),
    );

    type Targets = {
      data: { activeTargets: { labels: { job: string }; health: string; lastError: string }[] };
    };
    const healthy = await eventually('all targets to be scraped', async () => {
      const { activeTargets } = (await json<Targets>(`${prometheus}/api/v1/targets`)).data;
      return (
        activeTargets.length >= 4 && activeTargets.every(({ health }) => health === 'up') && activeTargets
      );
    });
    expect(healthy.map(({ labels }) => labels.job).toSorted()).toEqual([
      'alertbot',
      'alertmanager',
      'processor',
      'prometheus',
    ]);
    await eventually('the heartbeat to reach Alertmanager', async () => {
      const alerts = await json<{ labels: { alertname: string } }[]>(`${alertmanager}/api/v2/alerts`);
      return alerts.some(({ labels }) => labels.alertname === 'Watchdog');
    });

    run.signal('SIGTERM');
    const { code, afterMs } = await run.end();
    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(10_000);
    expect(here.processes()).toEqual([]);
  });

  test('goes on without what has its port taken, and says so', async () => {
    const { place: here, env } = await place();
    const taken = createServer().listen(Number(here.env.PROMETHEUS_PORT), '127.0.0.1');
    onTestFinished(() => void taken.close());
    const run = here.start(['--no-simulator'], { env });
    await run.printed(/ready in/);
    expect(run.output()).toContain(
      `no Prometheus: port ${here.env.PROMETHEUS_PORT} is taken; choose another with PROMETHEUS_PORT=<port>`,
    );
    expect(run.output()).toMatch(/ok {5}Alertmanager/);
    run.signal('SIGTERM');
    expect((await run.end()).code).toBe(0);
  });

  test('goes on without one that does not start, and names its log', async () => {
    const { place: here, env } = await place();
    const run = here.start(['--no-simulator'], {
      env: { ...env, PATH: await pathWithFalse(here, ['node', 'npm', 'sh', 'env']) },
    });
    await run.printed(/ready in/);
    expect(run.output()).toMatch(/FAILED Prometheus/);
    expect(run.output()).toMatch(/Prometheus did not start: .*prometheus\.log/);
    run.signal('SIGTERM');
    expect((await run.end()).code).toBe(0);
  });
});

test('npm start without any of them says how to get them', async () => {
  const { place: here, env } = await place();
  const PATH = await pathWithOnly(join(here.dataDir, 'bin'), ['node', 'npm', 'sh', 'env']);
  const run = here.start(['--no-simulator'], { env: { ...env, PATH } });
  await run.printed(/ready in/);
  expect(run.output()).toContain('no Prometheus: it is not on the PATH (Debian: apt-get install prometheus)');
  expect(run.output()).toContain('no Alertmanager: it is not on the PATH');
  expect(run.output()).not.toMatch(/(ok|FAILED) +(Prometheus|Alertmanager|Grafana)/);
  run.signal('SIGTERM');
  expect((await run.end()).code).toBe(0);
});

/** A PATH whose prometheus ends at once. */
async function pathWithFalse(here: Installation, programs: readonly string[]): Promise<string> {
  const { symlink } = await import('node:fs/promises');
  const folder = await pathWithOnly(join(here.dataDir, 'bin'), programs);
  await symlink('/bin/false', join(folder, 'prometheus'));
  return folder;
}
