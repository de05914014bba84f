import type { Micros } from '../../domain/time/micros.ts';
import type { Config } from '../../platform/config/load.ts';
import { registryDir } from '../install/paths.mjs';
import { registryProgram, registryUrl } from '../registry/registry-program.ts';
import { platformSettings } from '../scenarios/platform-settings.ts';
import { scenarioProgram } from '../scenarios/scenario-program.ts';
import type { Scenario } from '../scenarios/scenarios.ts';
import { dataFolders } from './data-folders.ts';
import { httpBase } from './http-base.ts';
import type { BinaryProgram, NodeProgram } from './node-service.ts';
import type { Options } from './options.ts';
import type { PortUse } from './ports.ts';
import { slackStandinSettings } from './slack-settings.ts';

/** A program that is started once database and broker serve. */
export type PlannedProgram = (NodeProgram | BinaryProgram) & {
  /** What the start-up step is called. */
  readonly title: string;
  readonly port?: PortUse;
};

/** A scenario whose time is fixed. */
export type StartedScenario = Scenario & {
  /** Event time at which its history is over. */
  readonly liveAt: Micros;
};

/** What our programs and the ones that watch them have to agree on. */
export type SharedSettings = {
  /** Bearer token of Alertmanager's notifications. */
  readonly alertmanagerToken: string;
  /** Null: no Grafana is known of. */
  readonly grafanaUrl: string | null;
};

/** Our own programs in the order they are started; stopped in the reverse one. */
export function plannedPrograms(
  config: Config,
  options: Options,
  shared: SharedSettings,
  scenario: StartedScenario | undefined,
): PlannedProgram[] {
  const { processor, alertbot, slackStandin } = config.ports;
  const platform = scenario === undefined ? {} : { ...platformSettings(config), ...scenario.settings };
  const slack = config.slack === null ? slackStandinSettings(config) : {};
  const registry = plannedRegistry(config, options);
  const programs: PlannedProgram[] = [
    ...(registry === undefined ? [] : [registry]),
    {
      name: 'processor',
      title: 'Processor',
      script: 'processor/main.ts',
      readyUrl: `${httpBase(config, processor)}/readyz`,
      port: { port: processor, purpose: 'processor', variable: 'PROCESSOR_PORT' },
      graceMs: 2_500,
      env: { ...platform, ...registrySettings(registry, config) },
    },
    {
      name: 'slack-standin',
      title: 'Slack stand-in',
      script: 'stack/slack/main.ts',
      readyUrl: `${httpBase(config, slackStandin)}/healthz`,
      port: { port: slackStandin, purpose: 'Slack stand-in', variable: 'SLACK_STANDIN_PORT' },
      graceMs: 500,
      env: slack,
    },
    {
      name: 'alertbot',
      title: 'Alertbot',
      script: 'alertbot/main.ts',
      readyUrl: `${httpBase(config, alertbot)}/readyz`,
      port: { port: alertbot, purpose: 'alertbot', variable: 'ALERTBOT_PORT' },
      graceMs: 1_500,
      env: {
        ...slack,
        ALERTMANAGER_WEBHOOK_TOKEN: shared.alertmanagerToken,
        ...(shared.grafanaUrl === null ? {} : { HOLDFAST_GRAFANA_URL: shared.grafanaUrl }),
      },
    },
    scenario !== undefined
      ? scenarioProgram(config, scenario, platform)
      : {
          name: 'simulator',
          title: 'Simulator',
          script: 'simulator/main.ts',
          args: [
            ...['--rate', String(options.rate), '--scenario', 'mixed', '--forever', '--quiet'],
            ...(options.avro ? ['--format', 'avro'] : []),
          ],
          env: registrySettings(registry, config),
          mayFinish: true,
          graceMs: 1_000,
        },
  ];
  return programs.filter(({ name }) => {
    if (name === 'simulator') return simulates(config, options);
    return name !== 'slack-standin' || config.slack === null;
  });
}

/** Somebody's own registry is not doubled. */
function plannedRegistry(
  { ports, dataDir, schemaRegistry }: Config,
  { avro }: Options,
): PlannedProgram | undefined {
  if (!avro || schemaRegistry !== null) return undefined;
  const port = ports.schemaRegistry;
  return {
    ...registryProgram({ appDir: registryDir(), dataDir: dataFolders(dataDir).registry, port }),
    title: 'Schema registry',
    port: { port, purpose: 'schema registry', variable: 'HOLDFAST_SCHEMA_REGISTRY_PORT' },
  };
}

function registrySettings(
  registry: PlannedProgram | undefined,
  { ports }: Config,
): Readonly<Record<string, string>> {
  return registry === undefined ? {} : { HOLDFAST_SCHEMA_REGISTRY_URL: registryUrl(ports.schemaRegistry) };
}

/** Nobody wants made-up orders in a cluster of their own unless they say so. */
function simulates(config: Config, options: Options): boolean {
  return options.simulate ?? config.kafka.embedded;
}
