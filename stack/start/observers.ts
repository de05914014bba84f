import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../platform/config/load.ts';
import { findGrafana } from '../grafana/find-grafana.ts';
import { grafanaSettings } from '../grafana/grafana-settings.ts';
import { findExecutable } from '../install/java.mjs';
import { alertmanagerConfig } from '../prometheus/alertmanager-config.ts';
import { prometheusConfig } from '../prometheus/prometheus-config.ts';
import type { DataFolders } from './data-folders.ts';
import { httpBase } from './http-base.ts';
import { kafkaNodes } from './kafka-nodes.ts';
import type { BinaryProgram } from './node-service.ts';
import { type PortUse, portIsFree } from './ports.ts';

/** A program that watches ours, and is started where this machine has it. */
export type Observer = BinaryProgram & {
  readonly title: string;
  /** Label of its address on the live screen. */
  readonly label: string;
  readonly url: string;
};

export type Observers = {
  readonly started: readonly Observer[];
  /** A line for people for each one that is not started: why, and what to do. */
  readonly missing: readonly string[];
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Prometheus flushes nothing that its log of writes does not have. */
const GRACE_MS = 1_000;

const LOCAL = '127.0.0.1';

/** Which of Prometheus, Alertmanager and Grafana can be started here. A taken port or a missing program is no problem. */
export async function findObservers(
  config: Config,
  folders: DataFolders,
  env: Environment,
): Promise<Observers> {
  const missing: string[] = [];
  const usable = async (
    command: string | undefined,
    hint: string,
    use: PortUse,
  ): Promise<string | undefined> => {
    if (command === undefined) missing.push(hint);
    else if (await portIsFree(use.port)) return command;
    else
      missing.push(
        `no ${use.purpose}: port ${use.port} is taken; choose another with ${use.variable}=<port>`,
      );
    return undefined;
  };
  const { prometheus, alertmanager, grafana } = config.ports;
  const prometheusCommand = await usable(
    findExecutable('prometheus', env),
    'no Prometheus: it is not on the PATH (Debian: apt-get install prometheus)',
    { port: prometheus, purpose: 'Prometheus', variable: 'PROMETHEUS_PORT' },
  );
  const alertmanagerCommand = await usable(
    findExecutable('prometheus-alertmanager', env) ?? findExecutable('alertmanager', env),
    'no Alertmanager: it is not on the PATH (Debian: apt-get install prometheus-alertmanager)',
    { port: alertmanager, purpose: 'Alertmanager', variable: 'ALERTMANAGER_PORT' },
  );
  const grafanaFound = findGrafana(config.grafanaHome, env);
  const grafanaCommand = await usable(
    grafanaFound?.command,
    config.grafanaHome === null
      ? 'no Grafana: unpack it from grafana.com/grafana/download and set GRAFANA_HOME to its folder'
      : `no Grafana: there is no bin/grafana with its conf in GRAFANA_HOME (${config.grafanaHome})`,
    { port: grafana, purpose: 'Grafana', variable: 'GRAFANA_PORT' },
  );

  const started: Observer[] = [];
  if (alertmanagerCommand !== undefined)
    started.push(alertmanagerObserver(alertmanagerCommand, alertmanager, folders));
  if (prometheusCommand !== undefined)
    started.push(prometheusObserver(prometheusCommand, prometheus, folders));
  if (grafanaCommand !== undefined && grafanaFound !== undefined)
    started.push(grafanaObserver({ command: grafanaCommand, home: grafanaFound.home }, config, folders, env));
  return { started, missing };
}

function prometheusObserver(command: string, port: number, folders: DataFolders): Observer {
  const url = `http://${LOCAL}:${port}`;
  return {
    name: 'prometheus',
    title: 'Prometheus',
    label: 'prometheus',
    url,
    command,
    args: [
      `--config.file=${join(folders.prometheus, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folders.prometheus, 'data')}`,
      '--storage.tsdb.retention.time=35d',
      '--storage.tsdb.retention.size=1GB',
      '--enable-feature=exemplar-storage',
      `--web.listen-address=${LOCAL}:${port}`,
    ],
    readyUrl: `${url}/-/ready`,
    graceMs: GRACE_MS,
  };
}

function alertmanagerObserver(command: string, port: number, folders: DataFolders): Observer {
  const url = `http://${LOCAL}:${port}`;
  return {
    name: 'alertmanager',
    title: 'Alertmanager',
    label: 'alerts',
    url,
    command,
    args: [
      `--config.file=${join(folders.alertmanager, 'alertmanager.yml')}`,
      `--storage.path=${join(folders.alertmanager, 'data')}`,
      // A single one gossips with nobody.
      '--cluster.listen-address=',
      `--web.listen-address=${LOCAL}:${port}`,
    ],
    readyUrl: `${url}/-/ready`,
    graceMs: GRACE_MS,
  };
}

function grafanaObserver(
  { command, home }: { command: string; home: string },
  config: Config,
  folders: DataFolders,
  env: Environment,
): Observer {
  const url = `http://${LOCAL}:${config.ports.grafana}`;
  const sources = {
    databaseUrl: config.database.url,
    prometheusUrl: `http://${LOCAL}:${config.ports.prometheus}`,
    alertmanagerUrl: `http://${LOCAL}:${config.ports.alertmanager}`,
    alertbotUrl: `http://${LOCAL}:${config.ports.alertbot}`,
    timeZone: config.timeZone,
  };
  return {
    name: 'grafana',
    title: 'Grafana',
    label: 'grafana',
    url,
    command,
    args: ['server', '--homepath', home],
    env: grafanaSettings(config.ports.grafana, folders.grafana, sources, env.GRAFANA_READER_PASSWORD ?? ''),
    readyUrl: `${url}/api/health`,
    graceMs: GRACE_MS,
  };
}

/** Writes the configurations of those that are started. */
export function writeObserverConfigs(
  { started }: Observers,
  config: Config,
  folders: DataFolders,
  receiver: { token: string; secondPath: string },
): void {
  const has = (name: string) => started.some((observer) => observer.name === name);
  const place = (port: number, host = LOCAL) => `${host}:${port}`;
  for (const folder of [folders.prometheus, folders.alertmanager, folders.grafana])
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  const tokenFile = join(folders.alertmanager, 'webhook-token');
  writeFileSync(tokenFile, receiver.token, { mode: 0o600 });
  writeFileSync(
    join(folders.alertmanager, 'alertmanager.yml'),
    alertmanagerConfig({
      alertbot: httpBase(config, config.ports.alertbot),
      secondPath: receiver.secondPath,
      tokenFile,
    }),
  );
  writeFileSync(
    join(folders.prometheus, 'prometheus.yml'),
    prometheusConfig({
      processor: new URL(httpBase(config, config.ports.processor)).host,
      alertbot: new URL(httpBase(config, config.ports.alertbot)).host,
      prometheus: place(config.ports.prometheus),
      alertmanager: has('alertmanager') ? place(config.ports.alertmanager) : undefined,
      kafka: config.kafka.embedded
        ? kafkaNodes(config, config.kafka.brokers.length).map(({ metricsPort }) => place(metricsPort))
        : undefined,
    }),
  );
}
