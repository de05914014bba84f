import { bootstrapInterval, type Interval } from '../../domain/statistics/bootstrap.ts';
import type { Outcome } from './prediction-log.ts';

export interface DurationFigures {
  name: string;
  orders: number;
  /** Median of |predicted - actual|, in days. */
  medianError: number;
  interval: Interval;
  meanError: number;
}

export interface DurationReport {
  /** From when to when. */
  duration: string;
  methods: DurationFigures[];
  /** Share of orders delivered between earliest and latest; they are meant to hold 80 %. */
  coverage: number;
}

const DAY_SECONDS = 86_400;

/** Judges predicted times to the delivery, on the orders of which every method had something to say. */
export function judgeDurations(duration: string, outcomes: readonly Outcome[]): DurationReport {
  const withRoute = outcomes.some(({ routeSeconds }) => routeSeconds !== null);
  const comparable = outcomes.filter(
    ({ online, pairSeconds, promisedSeconds, routeSeconds }) =>
      online !== null &&
      pairSeconds !== null &&
      promisedSeconds !== null &&
      (!withRoute || routeSeconds !== null),
  );
  const errors = (predicted: (outcome: Outcome) => number | null | undefined) =>
    comparable.map((outcome) => Math.abs((predicted(outcome) ?? 0) - outcome.seconds) / DAY_SECONDS);
  const methods = [
    figures(
      'promised date',
      errors(({ promisedSeconds }) => promisedSeconds),
    ),
    figures(
      'mean of the state pair',
      errors(({ pairSeconds }) => pairSeconds),
    ),
    figures(
      'lateness model, expected_at',
      errors(({ online }) => online?.expectedSeconds),
    ),
  ];
  if (withRoute)
    methods.splice(
      2,
      0,
      figures(
        'route book, median',
        errors(({ routeSeconds }) => routeSeconds),
      ),
    );
  const within = comparable.filter(
    ({ online, seconds }) => online!.earliestSeconds <= seconds && seconds <= online!.latestSeconds,
  );
  return { duration, methods, coverage: within.length / comparable.length };
}

function figures(name: string, errors: readonly number[]): DurationFigures {
  return {
    name,
    orders: errors.length,
    medianError: median(errors),
    interval: bootstrapInterval(errors, median),
    meanError: errors.reduce((sum, error) => sum + error, 0) / errors.length,
  };
}

/** Not a number when there are none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
