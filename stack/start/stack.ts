import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../../platform/config/load.ts';
import type { Releasers } from '../../platform/lifecycle/releasers.ts';
import type { Journal } from '../live/journal.ts';
import { startSampler } from '../live/sampler.ts';
import { startNarrator } from '../scenarios/narrate.ts';
import { type DataFolders, shortPath } from './data-folders.ts';
import { kafkaServices, timescaleService } from './embedded-services.ts';
import { httpBase } from './http-base.ts';
import { kafkaNodes, kafkaPortUses } from './kafka-nodes.ts';
import { stackLinks } from './links.ts';
import { type LogFile, openLogFile } from './log-file.ts';
import { binaryService, nodeService } from './node-service.ts';
import type { Observer, Observers } from './observers.ts';
import type { PortUse } from './ports.ts';
import type { PlannedProgram, StartedScenario } from './programs.ts';
import { startObservers } from './start-observers.ts';
import { type Service, type Supervised, supervise } from './supervise.ts';

export type StackContext = {
  readonly config: Config;
  readonly env: NodeJS.ProcessEnv;
  readonly folders: DataFolders;
  readonly programs: readonly PlannedProgram[];
  readonly observers: Observers;
  /** What goes wrong, to be told of as it happens. */
  readonly scenario: StartedScenario | undefined;
  /** Bearer token that Alertmanager shows. */
  readonly alertmanagerToken: string;
  readonly journal: Journal;
  readonly releasers: Releasers;
  /** Aborts a start: what is being acquired is given back, nothing more is started. */
  readonly signal: AbortSignal;
};

export type Stack = {
  /** Resolves when everything serves; rejects with what could not be started. */
  readonly ready: Promise<void>;
  /** SIGKILL to everything that runs, without waiting: the last resort. */
  readonly kill: () => void;
};

const migrations = 'Database schema';
const scheduler = 'Scheduler';

/** Names of the start-up steps, in the order they are shown. */
export function stepNames(
  config: Config,
  programs: readonly PlannedProgram[],
  observers: readonly Observer[],
): string[] {
  return [
    ...(config.database.embedded ? ['TimescaleDB'] : []),
    ...(config.kafka.embedded ? ['Kafka'] : []),
    migrations,
    ...(config.database.embedded ? [scheduler] : []),
    ...programs.map(({ title }) => title),
    ...observers.map(({ title }) => title),
  ];
}

/** Every port something is going to listen on. */
export function portUses(config: Config, programs: readonly PlannedProgram[]): PortUse[] {
  const { ports, database, kafka } = config;
  const embeddedDatabase = { port: ports.database, purpose: 'database', variable: 'HOLDFAST_DATABASE_PORT' };
  return [
    ...(database.embedded ? [embeddedDatabase] : []),
    ...(kafka.embedded ? kafkaPortUses(kafkaNodes(config, kafka.brokers.length)) : []),
    ...programs.flatMap(({ port }) => (port === undefined ? [] : [port])),
  ];
}

/** Starts everything, in the order of its needs. What it acquires it pushes to the context's releasers. */
export function startStack(context: StackContext): Stack {
  const supervised: Supervised[] = [];
  return {
    ready: bringUp(context, supervised),
    kill: () => {
      for (const service of supervised.toReversed()) service.kill();
    },
  };
}

async function bringUp(context: StackContext, supervised: Supervised[]): Promise<void> {
  const { config, env, folders, programs, journal, releasers, signal } = context;
  const logFor = (name: string): LogFile => {
    const log = openLogFile(folders.logs, name);
    releasers.push(`${name}.log`, log.close);
    return log;
  };
  const start = (service: Service): Supervised => {
    signal.throwIfAborted();
    const handle = supervise(service, { onEvent: (text) => journal.event(text) });
    supervised.push(handle);
    return handle;
  };

  const database = config.database.embedded
    ? start(timescaleService(config, folders, logFor('timescale')))
    : undefined;
  const kafka = config.kafka.embedded ? kafkaServices(config, folders, logFor).map(start) : [];
  releasers.push('TimescaleDB and Kafka', async () => {
    await Promise.all([database?.stop(), ...kafka.map((broker) => broker.stop())]);
  });
  await Promise.all([
    config.kafka.embedded && journal.step('Kafka', () => Promise.all(kafka.map(({ ready }) => ready))),
    prepareDatabase(context, database, logFor('scheduler')),
  ]);

  const watching = await startObservers(context, logFor, start);
  for (const program of programs) {
    const log = logFor(program.name);
    const handle = start(
      'script' in program ? nodeService(program, env, log) : binaryService(program, env, log),
    );
    releasers.push(program.name, handle.stop);
    await journal.step(program.title, () => handle.ready);
  }

  const watched = await watching.ready;
  // Their end begins with everybody's, and is waited for before the databases stop.
  releasers.push('the end of the observers', watching.stop);

  signal.throwIfAborted();
  if (context.scenario !== undefined) {
    journal.event(`${context.scenario.name}: ${context.scenario.says}`);
    const { timeZone, database } = config;
    const tell = (line: string) => journal.event(line);
    const since = new Date(context.scenario.liveAt / 1000);
    const { tells } = context.scenario;
    const narrator = startNarrator({ databaseUrl: database.url, tells, timeZone, since, tell });
    releasers.push('narrator', () => within(300, narrator.stop()));
  }
  const sampler = startSampler(journal.state, {
    databaseUrl: config.database.url,
    metricsUrl: `${httpBase(config, config.ports.processor)}/metrics`,
  });
  releasers.push('live view', () => within(300, sampler.stop()));
  journal.ready(stackLinks(config, folders, watched));
}

/** Waits for a stop, but not for the statement it may be waiting for: the database ends that when it stops. */
async function within(ms: number, stopping: Promise<unknown>): Promise<void> {
  await Promise.race([stopping, sleep(ms)]);
}

async function prepareDatabase(
  { config, journal, releasers, folders, signal }: StackContext,
  database: Supervised | undefined,
  log: LogFile,
): Promise<void> {
  const databaseUrl = config.database.url;
  if (database !== undefined) await journal.step('TimescaleDB', () => database.ready);
  signal.throwIfAborted();
  await journal.step(migrations, async () => {
    const { migrate } = await import('../../platform/migrate/migrate.ts');
    const { setPolicies } = await import('../../platform/migrate/policies.ts');
    const { applied } = await migrate({ databaseUrl, log: log.write });
    for (const line of await setPolicies(databaseUrl, config)) log.write(line);
    if (applied.length > 0) journal.event(`database schema: ${applied.length} files applied`);
  });
  if (database === undefined) return;
  signal.throwIfAborted();
  await journal.step(scheduler, async () => {
    const { startScheduler } = await import('../scheduler/scheduler.ts');
    const jobs = startScheduler({
      databaseUrl,
      log: (line) => {
        log.write(line);
        journal.event(`${line.slice(0, 100)} (${shortPath(folders.logs)}/scheduler.log)`);
      },
    });
    releasers.push('scheduler', () => within(1_000, jobs.stop()));
  });
}
