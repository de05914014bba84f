import type { Config } from '../../platform/config/load.ts';
import { expectedSpan, type GenerateOptions } from '../generate-options.ts';
import { shortCode } from '../timing/prng.ts';
import type { Command } from './command.ts';

/** What to generate and how to pace it. */
export interface RunPlan {
  generate: GenerateOptions;
  /** Simulated ms a real ms; Infinity: as fast as it goes. */
  speed: number;
  /** Event time is the real time. */
  live: boolean;
  /** Never send what would lie in the future: an endless run that has caught up goes on in real time. */
  staysInThePast: boolean;
  /** What should be said before the start. */
  warnings: string[];
}

/** With `--rate max`, `--speed X` is X simulated seconds for so many records. */
const MAX_RATE_NOMINAL = 50_000;
const MAX_RATE_SPEED = 1_000;
const DAY_MS = 86_400_000;
const ENDLESS_BACKFILL_MS = 30 * DAY_MS;
/** A run limited by records may take a little longer than on average. */
const SPAN_MARGIN = 1.03;

/** Fills in the defaults. @param now ms since the epoch */
export function planRun(
  command: Command,
  config: Pick<Config, 'timeZone' | 'locale' | 'maxRecordBytes'>,
  now: number,
): RunPlan {
  const { rate } = command;
  const speed = command.speed ?? (rate === 'max' ? MAX_RATE_SPEED : 1);
  const density = (rate === 'max' ? MAX_RATE_NOMINAL : rate) / speed;
  const limits: Pick<GenerateOptions, 'events' | 'duration' | 'users' | 'products' | 'compress'> = {};
  for (const name of ['events', 'duration', 'users', 'products', 'compress'] as const) {
    const value = command[name];
    if (value !== undefined) limits[name] = value;
  }
  const span = expectedSpan({ density, ...limits });
  const live = rate !== 'max' && speed === 1;
  const start = Math.floor(
    command.start ?? (live ? now : now - (span === undefined ? ENDLESS_BACKFILL_MS : span * SPAN_MARGIN)),
  );
  const warnings: string[] = [];
  if (span !== undefined && start + span > now + DAY_MS + (live ? span : 0)) {
    warnings.push(
      'events more than 24 h ahead of the clock will be turned away as SCHEMA_INVALID: choose an earlier --start',
    );
  }
  return {
    generate: {
      ...limits,
      seed: command.seed,
      run: command.runId ?? `S${shortCode(`${command.seed}/${now}/${JSON.stringify(command.scenarios)}`)}`,
      scenarios: command.scenarios,
      start,
      density,
      background: command.background,
      daily: command.daily,
      timeZone: config.timeZone,
      locale: config.locale,
      maxRecordBytes: config.maxRecordBytes,
    },
    speed: rate === 'max' ? Number.POSITIVE_INFINITY : speed,
    live: live && start === Math.floor(now),
    staysInThePast: span === undefined && start <= now,
    warnings,
  };
}
