import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { DAY, HOUR, type Micros } from '../../domain/time/micros.ts';
import type { Config } from '../../platform/config/load.ts';
import type { PlannedProgram } from '../start/programs.ts';
import type { Scenario } from './scenarios.ts';

/** Simulated time from the end of the history to the end of the scenario. */
const HOURS = 5;
/** Simulated seconds a second, once the history is over. */
const SPEED = 60;
/** Hour of the day at which it begins, in Seoul: people are about to order their dinner. */
const BEGINS_AT: Micros = 17 * HOUR;
const SEOUL: Micros = 9 * HOUR;

/**
 * The simulated platform of a scenario, as a program of `npm start`.
 *
 * @param liveAt as {@link scenarioBegins} says
 */
export function scenarioProgram(
  { ports, dataDir }: Config,
  scenario: Scenario,
  settings: Readonly<Record<string, string>>,
  liveAt: Micros,
): PlannedProgram {
  const start = liveAt - scenario.historyDays * DAY;
  return {
    name: 'platform',
    title: 'Delivery platform',
    script: 'simulator/platform/main.ts',
    args: [
      ...['--days', String(scenario.historyDays), '--start', formatIso8601(start)],
      ...['--duration', `${HOURS}h`, '--speed', String(SPEED), '--in-step'],
      ...['--port', String(ports.platform), ...scenario.incident],
    ],
    port: { port: ports.platform, purpose: 'simulated platform', variable: 'PLATFORM_PORT' },
    mayFinish: true,
    graceMs: 1_000,
    env: { ...settings, HOLDFAST_DATA_DIR: dataDir },
  };
}

/** Simulated time at which the history of a scenario is over: such that all of it is past `now`. */
export function scenarioBegins(now: Micros): Micros {
  const latest = now - HOURS * HOUR;
  const intoDay = (latest + SEOUL - BEGINS_AT) % DAY;
  return latest - intoDay;
}
