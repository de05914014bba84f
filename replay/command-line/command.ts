import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { type Micros, YEAR_2000 } from '../../domain/time/micros.ts';
import { readOptions, UsageError } from '../../platform/cli/command-line.ts';
import type { SourceAdapter } from '../adapters/adapter.ts';
import { ADAPTERS } from '../adapters/adapters.ts';
import { parseSpeed } from '../clock/speeds.ts';
import { parseMoment } from './moment.ts';

/** What the command line asks for. */
export interface Command {
  help: boolean;
  /** Null: the made-up sample. */
  data: string | null;
  adapter: SourceAdapter;
  utcOffset: string;
  from: Micros | null;
  until: Micros | null;
  speed: number;
  paused: boolean;
  openingStock: number | null;
  report: string | null;
  cache: string | null;
  dryRun: boolean;
  wait: boolean;
  json: boolean;
  quiet: boolean;
}

const OPTIONS = {
  data: { type: 'string' },
  sample: { type: 'boolean', default: false },
  format: { type: 'string', default: 'olist' },
  from: { type: 'string' },
  until: { type: 'string' },
  'utc-offset': { type: 'string' },
  'opening-stock': { type: 'string' },
  speed: { type: 'string', default: '3600' },
  paused: { type: 'boolean', default: false },
  report: { type: 'string' },
  cache: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'no-wait': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const MOST_STOCK = 1_000_000_000;

/** Reads the arguments after the program's name. @throws {UsageError} */
export function parseCommand(args: readonly string[]): Command {
  const values = readOptions(joinNegative(args), OPTIONS);
  const adapter = ADAPTERS.find(({ name }) => name === values.format);
  if (adapter === undefined) {
    const known = ADAPTERS.map(({ name }) => name).join(', ');
    throw new UsageError(`--format ${JSON.stringify(values.format)} is unknown: use ${known}`);
  }
  if (!values.help && values.sample === (values.data !== undefined)) {
    throw new UsageError('say what to replay: --data and a folder, or --sample for a made-up history');
  }
  const utcOffset = values['utc-offset'] ?? adapter.utcOffset;
  if (!/^[+-]\d{2}:\d{2}$/.test(utcOffset) || parseIso8601(`2017-01-01T00:00:00${utcOffset}`) === null) {
    throw new UsageError(`--utc-offset must be like -03:00, not ${JSON.stringify(utcOffset)}`);
  }
  const speed = parseSpeed(values.speed);
  if (speed === null) {
    throw new UsageError(
      `--speed must be a number greater than 0 or max, not ${JSON.stringify(values.speed)}`,
    );
  }
  const [from, until] = (['from', 'until'] as const).map((name) => moment(name, values[name], utcOffset)) as [
    Micros | null,
    Micros | null,
  ];
  if (from !== null && from < YEAR_2000) {
    throw new UsageError(`--from must be 2000 or later, not ${JSON.stringify(values.from)}`);
  }
  if (from !== null && until !== null && until <= from) {
    throw new UsageError('--until must be later than --from: nothing lies between them');
  }
  return {
    help: values.help,
    data: values.data ?? null,
    adapter,
    utcOffset,
    from,
    until,
    speed,
    paused: values.paused,
    openingStock: openingStock(values['opening-stock']),
    report: values.report ?? null,
    cache: values.cache ?? null,
    dryRun: values['dry-run'],
    wait: !values['no-wait'],
    json: values.json,
    quiet: values.quiet,
  };
}

/** `--utc-offset -03:00` looks like two options to the parser. */
function joinNegative(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    if (joined.at(-1) === '--utc-offset') joined[joined.length - 1] = `--utc-offset=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

function moment(name: string, text: string | undefined, utcOffset: string): Micros | null {
  if (text === undefined) return null;
  const at = parseMoment(text, utcOffset);
  if (at === null) {
    throw new UsageError(`--${name} must be a day such as 2017-01-31, not ${JSON.stringify(text)}`);
  }
  return at;
}

function openingStock(text: string | undefined): number | null {
  if (text === undefined) return null;
  const pieces = Number(text);
  if (!/^\d+$/.test(text) || pieces > MOST_STOCK) {
    throw new UsageError(`--opening-stock must be a whole number from 0, not ${JSON.stringify(text)}`);
  }
  return pieces;
}
