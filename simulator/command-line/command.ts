import { readOptions, UsageError } from '../../platform/cli/command-line.ts';
import { SCENARIOS, type Scenario } from '../record.ts';
import { parseDuration } from './duration.ts';

/** What the command line asks for. */
export interface Command {
  help: boolean;
  scenarios: (Scenario | 'mixed')[];
  background: boolean;
  users?: number;
  products?: number;
  compress?: number;
  rate: number | 'max';
  speed?: number;
  daily: boolean;
  events?: number;
  /** Simulated ms. */
  duration?: number;
  forever: boolean;
  /** ms since the epoch. */
  start?: number;
  seed: string;
  runId?: string;
  verify: boolean;
  json: boolean;
  quiet: boolean;
  dryRun: boolean;
  gzip: boolean;
  format: 'json' | 'avro';
}

const DEFAULT_RATE = 20;
const DEFAULT_DURATION_MS = 600_000;

const OPTIONS = {
  scenario: { type: 'string', default: 'mixed' },
  'no-background': { type: 'boolean', default: false },
  users: { type: 'string' },
  products: { type: 'string' },
  compress: { type: 'string' },
  rate: { type: 'string', default: String(DEFAULT_RATE) },
  speed: { type: 'string' },
  flat: { type: 'boolean', default: false },
  events: { type: 'string' },
  duration: { type: 'string' },
  forever: { type: 'boolean', default: false },
  start: { type: 'string' },
  seed: { type: 'string', default: '1' },
  'run-id': { type: 'string' },
  verify: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  gzip: { type: 'boolean', default: false },
  format: { type: 'string', default: 'json' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/**
 * Reads the arguments after the program's name.
 *
 * @param now what `--start now` means, ms since the epoch
 * @throws {UsageError}
 */
export function parseCommand(args: readonly string[], now: number): Command {
  const values = readOptions(args, OPTIONS);
  const command: Command = {
    help: values.help,
    scenarios: scenarios(values.scenario),
    background: !values['no-background'],
    rate: values.rate === 'max' ? 'max' : positive('rate', values.rate),
    daily: !values.flat,
    forever: values.forever,
    seed: values.seed,
    verify: values.verify,
    json: values.json,
    quiet: values.quiet,
    dryRun: values['dry-run'],
    gzip: values.gzip,
    format: format(values.format),
  };
  for (const name of ['users', 'products', 'events'] as const) {
    const text = values[name];
    if (text !== undefined) command[name] = whole(name, text);
  }
  for (const name of ['compress', 'speed'] as const) {
    const text = values[name];
    if (text !== undefined) command[name] = positive(name, text);
  }
  if (values['run-id'] !== undefined) command.runId = runId(values['run-id']);
  if (values.start !== undefined) command.start = start(values.start, now);
  const length = duration(values);
  if (length !== undefined) command.duration = length;
  const alone = command.scenarios.every((name) => name === 'normal');
  if (alone && !command.background)
    throw new UsageError('--no-background leaves nothing to send: name a --scenario');
  return command;
}

function scenarios(text: string): (Scenario | 'mixed')[] {
  const known: readonly string[] = [...SCENARIOS, 'mixed'];
  return text.split(',').map((part) => {
    const name = part.trim();
    if (!known.includes(name))
      throw new UsageError(`--scenario ${JSON.stringify(name)} is unknown: use ${known.join(', ')}`);
    return name as Scenario | 'mixed';
  });
}

function duration(values: { duration?: string; events?: string; forever: boolean }): number | undefined {
  if (values.forever) {
    if (values.duration === undefined && values.events === undefined) return undefined;
    throw new UsageError('--forever has no end: leave out --events and --duration');
  }
  if (values.duration === undefined) return values.events === undefined ? DEFAULT_DURATION_MS : undefined;
  const ms = parseDuration(values.duration);
  if (ms === undefined)
    throw new UsageError(
      `--duration must be like 90s, 10m, 2h or 3d, not ${JSON.stringify(values.duration)}`,
    );
  return ms;
}

function start(text: string, now: number): number {
  if (text === 'now') return now;
  const ms = /^\d{4}-\d{2}-\d{2}(T.*(Z|[+-]\d{2}:?\d{2}))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new UsageError(
      `--start must be now or a time with offset such as 2026-03-01T09:00:00+09:00, not ${JSON.stringify(text)}`,
    );
  }
  return ms;
}

function format(text: string): 'json' | 'avro' {
  if (text === 'json' || text === 'avro') return text;
  throw new UsageError(`--format must be json or avro, not ${JSON.stringify(text)}`);
}

function runId(text: string): string {
  if (!/^[A-Za-z0-9]{1,24}$/.test(text)) throw new UsageError('--run-id must be 1 to 24 letters and digits');
  return text;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new UsageError(
      `--${name} must be a number greater than 0${name === 'rate' ? ' or max' : ''}, not ${JSON.stringify(text)}`,
    );
  }
  return value;
}

function whole(name: string, text: string): number {
  const value = positive(name, text);
  if (!Number.isSafeInteger(value))
    throw new UsageError(`--${name} must be a whole number, not ${JSON.stringify(text)}`);
  return value;
}
