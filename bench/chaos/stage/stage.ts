import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../../../platform/config/load.ts';
import type { Topic } from '../../../platform/config/variables.ts';
import { type Database, openDatabase } from '../../../platform/database/database.ts';
import { Releasers } from '../../../platform/lifecycle/releasers.ts';
import { createLogger } from '../../../platform/logger/logger.ts';
import { type SlackStandin, startSlackStandin } from '../../../stack/slack/start.ts';
import { openLogFile } from '../../../stack/start/log-file.ts';
import { addressOf, openTcpProxy, type TcpProxy, urlThrough } from '../../../stack/wire/tcp-proxy.ts';
import { type DatabaseStage, startDatabaseStage } from './database-stage.ts';
import { type KafkaStage, startKafkaStage } from './kafka-stage.ts';
import { type ProgramStage, startProgram } from './program.ts';
import { type PrometheusStage, startPrometheusStage } from './prometheus-stage.ts';
import { type RegistryStage, startRegistryStage } from './registry-stage.ts';
import { startWebhookReceiver, type WebhookStage } from './webhook-receiver.ts';

/** What an experiment wants to be set up. */
export interface Scene {
  /** Default 1. */
  brokers?: 1 | 3;
  /** Whether programs reach broker and database by wires that can be cut and made slow. */
  wires?: boolean;
  /** Whether there is a schema registry, and orders come as Avro. */
  registry?: boolean;
  /** Settings of processors and alertbot on top of what they need. */
  settings?: (folder: string) => Readonly<Record<string, string>>;
  /** Of a native server: where the database lies. */
  tablespace?: string;
}

/** A whole Holdfast of an experiment's own: real processes, and a Slack and a receiver of webhooks in this one. */
export interface Stage {
  readonly folder: string;
  readonly kafka: KafkaStage;
  readonly databaseServer: DatabaseStage;
  /** Three connections of the harness, not by way of any wire. */
  readonly database: Database;
  readonly slack: SlackStandin;
  readonly webhooks: WebhookStage;
  readonly prometheus: PrometheusStage | null;
  readonly processor: ProgramStage;
  readonly alertbot: ProgramStage;
  /** Null: orders come as JSON. */
  readonly registry: RegistryStage | null;
  readonly wires: { readonly kafka: TcpProxy; readonly database: TcpProxy } | null;
  /** Settings of its programs, also for reading the configuration. */
  readonly settings: Readonly<Record<string, string>>;
  /** Name of a topic in its Kafka. */
  topic(name: Topic): string;
  /** Starts one more processor of the same group, which the experiment has to stop. */
  anotherProcessor(label: string): Promise<ProgramStage>;
  release(): Promise<void>;
}

export interface StageOptions {
  scene: Scene;
  /** For data and logs; made when missing. */
  folder: string;
  /** URL of a native server, as a superuser; undefined: the embedded database. */
  server: string | undefined;
  say(line: string): void;
}

/** Input limit of its processors in bytes: small, so that the poison that exceeds it is small too. */
export const MAX_RECORD_BYTES = 64 * 1024;
const PARTITIONS = 6;

/** Starts everything, in the order in which it is needed. What was started is stopped again when something fails. */
export async function startStage(options: StageOptions): Promise<Stage> {
  const releasers = new Releasers(createLogger({ program: 'bench', level: 'silent' }));
  try {
    return await setUp(options, releasers);
  } catch (error) {
    await releasers.release().catch(() => undefined);
    throw error;
  }
}

async function setUp({ scene, folder, server, say }: StageOptions, releasers: Releasers): Promise<Stage> {
  await mkdir(folder, { recursive: true });
  const logOf = (name: string) => {
    const log = openLogFile(folder, name);
    releasers.push(`log of ${name}`, log.close);
    return log.write;
  };
  const wireTo = async (target: { host: string; port: number }): Promise<TcpProxy> => {
    const wire = await openTcpProxy(target);
    releasers.push('wire', wire.cut);
    return wire;
  };

  let kafkaWire: TcpProxy | undefined;
  const through = async (port: number) => {
    kafkaWire = await wireTo({ host: '127.0.0.1', port });
    return kafkaWire.port;
  };
  for (const data of ['kafka', 'prometheus', 'prometheus-rules', 'registry'])
    releasers.push(data, () => rm(join(folder, data), { recursive: true, force: true }));
  // Both or none: one that comes up after the other has failed would be left running.
  const [kafka, databaseServer] = await allOf([
    startKafkaStage({
      folder,
      nodes: scene.brokers ?? 1,
      through: scene.wires === true ? through : null,
      log: logOf('kafka'),
    }).then((started) => {
      releasers.push('kafka', started.killAll);
      return started;
    }),
    startDatabaseStage({
      ...{ folder, server },
      ...(scene.tablespace === undefined ? {} : { tablespace: scene.tablespace }),
      log: logOf('database'),
    }).then((started) => {
      releasers.push('database', started.drop);
      return started;
    }),
  ]);
  const databaseWire = scene.wires === true ? await wireTo(addressOf(databaseServer.url, 5432)) : undefined;
  const database = openHarnessDatabase(databaseServer.url);
  releasers.push('connections', () => database.end());

  const secrets = {
    botToken: `xoxb-${randomBytes(12).toString('hex')}`,
    signingSecret: randomBytes(16).toString('hex'),
  };
  const slack = await startSlackStandin({
    port: 0,
    ...secrets,
    postsPerSecond: null,
    updatesPerMinute: null,
  });
  releasers.push('slack', () => slack.stop());
  const webhooks = await startWebhookReceiver();
  releasers.push('webhooks', webhooks.stop);

  const registry = scene.registry === true ? await startRegistryStage(folder, logOf('registry')) : null;
  if (registry !== null) releasers.push('registry', registry.kill);

  const settings: Record<string, string> = {
    DATABASE_URL:
      databaseWire === undefined ? databaseServer.url : urlThrough(databaseServer.url, databaseWire.port),
    KAFKA_BROKERS: kafka.brokers,
    HOLDFAST_PARTITIONS: String(PARTITIONS),
    HOLDFAST_MAX_RECORD_BYTES: String(MAX_RECORD_BYTES),
    SLACK_BOT_TOKEN: secrets.botToken,
    SLACK_SIGNING_SECRET: secrets.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    HOLDFAST_SLACK_POSTS_PER_SECOND: '50',
    HOLDFAST_SLACK_UPDATES_PER_MINUTE: '6000',
    HOLDFAST_LOCALE: 'en',
    HOLDFAST_WEBHOOK_OPERATIONS_URL: webhooks.url,
    HOLDFAST_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
    ...(registry === null ? {} : { HOLDFAST_SCHEMA_REGISTRY_URL: registry.url }),
    ...scene.settings?.(folder),
  };
  const start = (name: 'processor' | 'alertbot', label: string) =>
    startProgram({ name, label, settings, logs: folder, onEvent: say });
  const processor = await start('processor', 'processor');
  releasers.push('processor', processor.stop);
  const alertbot = await start('alertbot', 'alertbot');
  releasers.push('alertbot', alertbot.stop);
  slack.setRequestUrl(`${alertbot.url}/slack/events`);
  const host = ({ url }: ProgramStage) => new URL(url).host;
  const prometheus = await startPrometheusStage(folder, {
    processor: host(processor),
    alertbot: host(alertbot),
  });
  if (prometheus !== null) releasers.push('prometheus', prometheus.stop);
  await Promise.all([untilReady(processor), untilReady(alertbot)]);
  const { topics } = loadConfig({ DATABASE_URL: databaseServer.url, KAFKA_BROKERS: kafka.brokers }).kafka;
  return {
    ...{
      registry,
      folder,
      kafka,
      databaseServer,
      database,
      slack,
      webhooks,
      prometheus,
      processor,
      alertbot,
      settings,
    },
    wires:
      kafkaWire === undefined || databaseWire === undefined
        ? null
        : { kafka: kafkaWire, database: databaseWire },
    topic: (name) => topics[name],
    anotherProcessor: (label) => start('processor', label),
    release: () => releasers.release(),
  };
}

/** As Promise.all, but waits for all of them before it rejects. */
async function allOf<T extends readonly unknown[]>(starting: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  await Promise.allSettled(starting);
  return (await Promise.all(starting)) as unknown as T;
}

const READY_MS = 120_000;

/** @throws naming the program when it is not ready within two minutes */
export async function untilReady({ name, url }: ProgramStage): Promise<void> {
  const deadline = performance.now() + READY_MS;
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    if (performance.now() > deadline)
      throw new Error(`the ${name} was not ready after ${READY_MS / 1_000} s: ${await answer?.text()}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function openHarnessDatabase(url: string): Database {
  const database = openDatabase({
    url,
    poolSize: 3,
    program: 'chaos',
    logger: createLogger({ program: 'bench', level: 'silent' }),
    statementTimeoutMs: 60_000,
  });
  // Their server is taken away on purpose.
  database.on('error', () => undefined);
  return database;
}
