import { basename } from 'node:path';
import { DAY, HOUR, MINUTE, type Micros } from '../../domain/time/micros.ts';
import { EXIT_FAILED, EXIT_USAGE, UsageError, usageText } from '../../platform/cli/command-line.ts';
import { FORECAST_HELP, type ForecastCommand, parseForecastCommand } from './command.ts';
import { type HorizonFigures, judgeForecasts } from './judge-forecasts.ts';
import { madeUpDemand } from './made-up-demand.ts';
import { type ReadSeries, readSeries, SeriesError } from './read-series.ts';

/** A year of half hours at thousands of them, as of a city, and at a few, as of a district. */
const MADE_UP = [
  { name: 'made-up city, 6000 a half hour', seed: 1, mean: 6000 },
  { name: 'made-up town, 200 a half hour', seed: 2, mean: 200 },
  { name: 'made-up district, 8 a half hour', seed: 3, mean: 8 },
];

async function seriesToJudge({ data, every }: ForecastCommand): Promise<[string, ReadSeries][]> {
  if (data !== null) return [[basename(data), await readSeries(data, every)]];
  const step = every ?? 30 * MINUTE;
  return MADE_UP.map(({ name, seed, mean }) => {
    const points = madeUpDemand({
      seed,
      from: 20_089 * DAY,
      days: 300,
      step,
      mean: (mean * step) / (30 * MINUTE),
    });
    return [name, { step, points, missing: 0 }];
  });
}

function judge({ step, points }: ReadSeries, { horizons, warmUp, coverage }: ForecastCommand) {
  const steps = horizons.map((one) => Math.round(one / step));
  if (steps.some((one) => one < 1 || one * step > 7 * DAY)) {
    throw new UsageError('--horizons are at least a step of the series, and at most a week');
  }
  return judgeForecasts(points, { step, horizons: [...new Set(steps)], coverage }, warmUp);
}

function tableOf(name: string, series: ReadSeries, figures: readonly HorizonFigures[]): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const lines = figures.map((one) => {
    const { low, high } = one.ratioInterval;
    return [
      lengthText(one.horizon * series.step).padEnd(8),
      String(one.forecasts).padStart(9),
      percent(one.error).padStart(9),
      percent(one.naiveError).padStart(9),
      `${one.ratio.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`.padStart(24),
      percent(one.coverage).padStart(10),
      percent(one.width).padStart(9),
    ].join(' ');
  });
  const head = 'ahead    forecasts     error     naive            error / naive     inside     width';
  const size = `${series.points.length} steps of ${lengthText(series.step)}, ${series.missing} missing`;
  return [`${name}: ${size}`, '', head, ...lines, ''].join('\n');
}

function lengthText(length: Micros): string {
  if (length % DAY === 0 && length > DAY) return `${length / DAY} d`;
  return length >= HOUR ? `${length / HOUR} h` : `${length / MINUTE} min`;
}

async function main(): Promise<number> {
  try {
    const command = parseForecastCommand(process.argv.slice(2));
    if (command.help) {
      process.stdout.write(FORECAST_HELP);
      return 0;
    }
    for (const [name, series] of await seriesToJudge(command)) {
      const figures = judge(series, command);
      if (figures.every(({ forecasts }) => forecasts === 0)) {
        throw new SeriesError(
          'nothing to judge: the series has to be longer than --warm-up, and than a week',
        );
      }
      const { step } = series;
      const text = command.json ? JSON.stringify({ name, step, figures }) : tableOf(name, series, figures);
      process.stdout.write(`${text}\n`);
    }
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(usageText('evaluate:forecast', error));
      return EXIT_USAGE;
    }
    const isFile = error instanceof Error && 'code' in error && 'path' in error;
    if (!(error instanceof SeriesError) && !isFile) throw error;
    process.stderr.write(`${error instanceof Error ? error.message : ''}\n`);
    return EXIT_FAILED;
  }
}

process.exitCode = await main();
