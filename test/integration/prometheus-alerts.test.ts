import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { projectRoot } from '../../stack/install/paths.mjs';
import { alertmanagerConfig } from '../../stack/prometheus/alertmanager-config.ts';
import { prometheusConfig } from '../../stack/prometheus/prometheus-config.ts';
import { startSecondPath } from '../../stack/prometheus/second-path.ts';
import { freePorts } from '../../stack/start/ports.ts';
import { alertbotProcesses, WEBHOOK_TOKEN } from '../support/alertbot-process.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { startAlertmanager, startPrometheus } from '../support/monitoring.ts';
import { runProcessor } from '../support/running-processor.ts';
import { describeWithTools } from '../support/tools.ts';

/** Our rules, with waits of a second: nobody can wait for minutes here. */
function impatientRules(folder: string): string {
  const from = join(projectRoot, 'prometheus', 'rules');
  const to = join(folder, 'rules');
  mkdirSync(to);
  for (const file of readdirSync(from)) {
    const text = readFileSync(join(from, file), 'utf8');
    writeFileSync(join(to, file), text.replace(/^( +)(for|interval): \w+$/gm, '$1$2: 1s'));
  }
  return join(to, '*.yml');
}

const impatient = (config: string): string =>
  config.replace(/^( +)(group_wait|group_interval): \w+$/gm, '$1$2: 1s');

const hostOf = (url: string): string => new URL(url).host;

describeWithTools('alerts of a real Prometheus', ['prometheus', 'prometheus-alertmanager'], () => {
  it('a processor that stops is told to Slack, and so is its return; an alertbot that stops, along the second path', async () => {
    const database = await freshDatabase();
    const undo: (() => Promise<void>)[] = [];
    const cleanUp = (step: () => Promise<void>) => void undo.push(step);
    onTestFinished(async () => {
      for (const step of undo.toReversed()) await step();
    });
    const slack = await alertbotProcesses({ databaseUrl: database.url, cleanUp });
    const alertbot = await slack.startReady();

    const [port] = (await freePorts(1)) as [number];
    const prefix = freshTopicPrefix();
    const startProcessor = () =>
      runProcessor({
        databaseUrl: database.url,
        brokers: kafkaBrokers(),
        prefix,
        env: { PROCESSOR_PORT: String(port) },
        cleanUp,
      });
    const processor = await startProcessor();

    const told: string[] = [];
    const secondPath = await startSecondPath(WEBHOOK_TOKEN, (line) => told.push(line));
    cleanUp(secondPath.close);
    const alertmanager = await startAlertmanager(({ folder }) => {
      const tokenFile = join(folder, 'token');
      writeFileSync(tokenFile, WEBHOOK_TOKEN);
      return impatient(alertmanagerConfig({ alertbot: alertbot.url, secondPath: secondPath.url, tokenFile }));
    });
    const prometheus = await startPrometheus((place) =>
      prometheusConfig(
        {
          processor: `127.0.0.1:${port}`,
          alertbot: hostOf(alertbot.url),
          prometheus: `127.0.0.1:${place.port}`,
          alertmanager: hostOf(alertmanager.url),
        },
        { interval: '1s', rules: impatientRules(place.folder) },
      ),
    );

    type Up = { data: { result: { value: [number, string] }[] } };
    const isUp = async (job: string) => {
      const { data } = await prometheus.get<Up>(
        `/api/v1/query?query=${encodeURIComponent(`up{job="${job}"}`)}`,
      );
      return data.result[0]?.value[1];
    };
    await eventually(
      'processor and alertbot to be scraped',
      async () => (await isUp('processor')) === '1' && (await isUp('alertbot')) === '1',
    );
    const said = () => slack.standin.state().messages.map((message) => JSON.stringify(message));
    expect(said().filter((text) => text.includes('The processor does not answer'))).toEqual([]);

    await processor.stop();
    await eventually('Slack to hear of it', () =>
      said().some((text) => text.includes('The processor does not answer')),
    );
    await startProcessor();
    const pool = database.pool({ max: 1 });
    const statuses = async () => {
      const { rows } = await pool.query<{ status: string }>(
        "SELECT status FROM alerts WHERE evidence ->> 'alertname' = 'ProcessorDown'",
      );
      return rows.map(({ status }) => status);
    };
    await eventually('the alert to be over', async () =>
      (await statuses()).every((status) => status === 'RESOLVED'),
    );

    expect(told.filter((line) => line.includes('Watchdog'))).toEqual([]);
    expect(said().filter((text) => text.includes('The alerting path works'))).toEqual([]);
    await alertbot.terminate();
    await eventually('the second path to hear of it', () =>
      told.includes('Alertmanager: AlertbotDown fires: The alertbot does not answer'),
    );
  });
});
