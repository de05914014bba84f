import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../platform/config/load.ts';
import { projectRoot } from '../install/paths.mjs';
import type { NodeProgram } from './node-service.ts';
import type { Options } from './options.ts';
import type { PortUse } from './ports.ts';

/** A program that is started once database and broker serve. */
export type PlannedProgram = NodeProgram & {
  /** What the start-up step is called. */
  readonly title: string;
  readonly port?: PortUse;
};

/** Our own programs in the order they are started; stopped in the reverse one. */
export function plannedPrograms(config: Config, options: Options): PlannedProgram[] {
  const { processor, alertbot } = config.ports;
  const programs: PlannedProgram[] = [
    {
      name: 'processor',
      title: 'Processor',
      script: 'processor/main.ts',
      readyUrl: `${httpBase(config, processor)}/readyz`,
      port: { port: processor, purpose: 'processor', variable: 'PROCESSOR_PORT' },
      graceMs: 2_500,
    },
    {
      name: 'alertbot',
      title: 'Alertbot',
      script: 'alertbot/main.ts',
      readyUrl: `${httpBase(config, alertbot)}/readyz`,
      port: { port: alertbot, purpose: 'alertbot', variable: 'ALERTBOT_PORT' },
      graceMs: 1_000,
    },
    {
      name: 'simulator',
      title: 'Simulator',
      script: 'simulator/main.ts',
      args: ['--rate', String(options.rate), '--scenario', 'mixed', '--forever', '--quiet'],
      mayFinish: true,
      graceMs: 1_000,
    },
  ];
  return programs.filter(({ name, script }) => {
    if (name === 'simulator' && !simulates(config, options)) return false;
    return existsSync(join(projectRoot, script));
  });
}

/** Nobody wants made-up orders in a cluster of their own unless they say so. */
function simulates(config: Config, options: Options): boolean {
  return options.simulate ?? config.kafka.embedded;
}

/** Where a program's HTTP server is reached from this machine. */
export function httpBase(config: Config, port: number): string {
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
