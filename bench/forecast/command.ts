import { DAY, HOUR, MINUTE, type Micros } from '../../domain/time/micros.ts';
import { readOptions, UsageError } from '../../platform/cli/command-line.ts';

export interface ForecastCommand {
  help: boolean;
  /** Null: made-up series. */
  data: string | null;
  every: Micros | null;
  horizons: readonly Micros[];
  warmUp: Micros;
  coverage: number;
  json: boolean;
}

export const FORECAST_HELP = `Judges forecasts on a series, offline: each step is forecast before it is seen.

  npm run evaluate:forecast -- [--data FILE] [options]

  --data FILE        CSV with the columns timestamp,value; without it made-up series with a day, a week, holidays, level
                     shifts and weather
  --every LENGTH     length of a step, such as 30m; values within one are added up (the distance of the times in the file)
  --horizons LIST    how far ahead (30m,2.5h,24h)
  --warm-up LENGTH   what is learnt from and not judged (14d)
  --coverage SHARE   of what comes, that intervals are meant to hold (0.9)
  --json             prints one JSON object
  --help             this
`;

const OPTIONS = {
  data: { type: 'string' },
  every: { type: 'string' },
  horizons: { type: 'string', default: '30m,2.5h,24h' },
  'warm-up': { type: 'string', default: '14d' },
  coverage: { type: 'string', default: '0.9' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Reads the arguments after the program's name. @throws {UsageError} */
export function parseForecastCommand(args: readonly string[]): ForecastCommand {
  const values = readOptions(args, OPTIONS);
  const coverage = Number(values.coverage);
  if (!(coverage > 0 && coverage < 1)) {
    throw new UsageError(`--coverage must be between 0 and 1, not ${JSON.stringify(values.coverage)}`);
  }
  return {
    help: values.help,
    data: values.data ?? null,
    every: values.every === undefined ? null : lengthOf('--every', values.every),
    horizons: values.horizons.split(',').map((one) => lengthOf('--horizons', one)),
    warmUp: lengthOf('--warm-up', values['warm-up']),
    coverage,
    json: values.json,
  };
}

const UNITS: Readonly<Record<string, Micros>> = { m: MINUTE, h: HOUR, d: DAY };

function lengthOf(option: string, text: string): Micros {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([mhd])$/.exec(text.trim()) ?? [];
  const length = Number(number) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (!(length > 0)) {
    throw new UsageError(`${option} takes lengths such as 30m, 2.5h or 14d, not ${JSON.stringify(text)}`);
  }
  return length;
}
