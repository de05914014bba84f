import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { DAY, MINUTE } from '../../domain/time/micros.ts';
import type { Config } from '../../platform/config/load.ts';
import type { PlannedProgram, StartedScenario } from '../start/programs.ts';

/**
 * The simulated platform of a scenario, as a program of `npm start`.
 *
 * @param settings as the processor has them
 */
export function scenarioProgram(
  { ports, dataDir }: Config,
  scenario: StartedScenario,
  settings: Readonly<Record<string, string>>,
): PlannedProgram {
  const start = scenario.liveAt - scenario.historyDays * DAY;
  return {
    name: 'platform',
    title: 'Delivery platform',
    script: 'simulator/platform/main.ts',
    args: [
      ...['--days', String(scenario.historyDays), '--start', formatIso8601(start)],
      ...['--duration', `${scenario.lasts / MINUTE}m`, '--port', String(ports.platform)],
      ...scenario.options,
    ],
    port: { port: ports.platform, purpose: 'simulated platform', variable: 'PLATFORM_PORT' },
    mayFinish: true,
    graceMs: 1_000,
    env: { ...settings, HOLDFAST_DATA_DIR: dataDir },
  };
}
