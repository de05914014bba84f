import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pino } from 'pino';
import { systemClock } from '../../platform/clock/clock.ts';
import type { Config } from '../../platform/config/load.ts';
import { Releasers } from '../../platform/lifecycle/releasers.ts';
import { runUntilSignal } from '../../platform/lifecycle/run-until-signal.ts';
import { Journal } from '../live/journal.ts';
import { openView, summary } from '../live/view.ts';
import { scenarioBegins } from '../scenarios/scenarios.ts';
import { claimDataFolder, dataFolders, shortPath } from './data-folders.ts';
import { embeddedConfig } from './embedded-config.ts';
import { findObservers } from './observers.ts';
import type { Options } from './options.ts';
import { endWithParent } from './parent-watch.ts';
import { requireFreePorts } from './ports.ts';
import { plannedPrograms } from './programs.ts';
import { resetData } from './reset.ts';
import { portUses, startStack, stepNames } from './stack.ts';
import { explainStartFailure } from './start-failure.ts';

/** Everything has to be down 10 s after the signal; the graces of the parts add up to less than this. */
const stopDeadlineMs = 9_500;

/**
 * Starts everything and keeps it running. Rejects when it could not be started, having stopped what was; otherwise only
 * a signal ends it, and the process with it.
 */
export async function runStack(given: Config, options: Options, env: NodeJS.ProcessEnv): Promise<never> {
  const config = embeddedConfig(given, options);
  const folders = dataFolders(config.dataDir);
  process.once('exit', claimDataFolder(folders.root));
  const observers = await findObservers(config, folders, env);
  const alertmanagerToken = config.alertmanagerToken ?? randomBytes(16).toString('hex');
  const grafanaUrl =
    config.grafanaUrl ?? observers.started.find(({ name }) => name === 'grafana')?.url ?? null;
  const scenario = options.scenario && {
    ...options.scenario,
    liveAt: scenarioBegins(options.scenario, systemClock.now()),
  };
  const programs = plannedPrograms(config, options, { alertmanagerToken, grafanaUrl }, scenario);
  await requireFreePorts(portUses(config, programs));
  if (options.reset || options.scenario !== undefined) resetData(folders, console.log);

  const logger = pino(
    { name: 'start' },
    pino.destination({ dest: join(folders.logs, 'start.log'), mkdir: true }),
  );
  const journal = new Journal(stepNames(config, programs, observers.started));
  const releasers = new Releasers(logger);
  const aborting = new AbortController();
  const view = openView(journal, {
    out: process.stdout,
    env,
    plain: options.plain,
    timeZone: config.timeZone,
  });
  const stack = startStack({
    config,
    // Programs know of one broker by themselves.
    env: options.brokers === 1 ? env : { ...env, KAFKA_BROKERS: config.kafka.brokers.join(',') },
    folders,
    programs,
    observers,
    scenario,
    alertmanagerToken,
    journal,
    releasers,
    signal: aborting.signal,
  });
  process.once('exit', stack.kill);

  const release = async () => {
    aborting.abort();
    journal.stopping();
    try {
      await releasers.release();
    } finally {
      view.close();
    }
  };
  runUntilSignal(
    logger,
    async () => {
      await release();
      console.log(summary(journal.state, performance.now()));
      if (config.database.embedded || config.kafka.embedded) {
        console.log(
          `The data stays in ${shortPath(folders.root)}: \`npm start\` goes on from there, \`npm start -- --reset\` begins anew.`,
        );
      }
    },
    { deadlineMs: stopDeadlineMs },
  );
  endWithParent(env);

  await stack.ready.catch(async (error: unknown) => {
    // A signal stops what is starting, too: then it is the signal that ends the process.
    if (aborting.signal.aborted) return;
    await release().catch(() => {});
    throw explainStartFailure(error);
  });
  return new Promise<never>(() => {});
}
