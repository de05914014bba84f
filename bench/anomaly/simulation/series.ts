import type { SeriesKind, SeriesPoint } from '../../../domain/detection/series-point.ts';
import { DAY, HOUR, MINUTE, type Micros } from '../../../domain/time/micros.ts';
import type { Prng } from '../../../simulator/timing/prng.ts';
import { betaBinomial, gammaWithMean, negativeBinomial, normal } from './draws.ts';

export const STEP: Micros = 5 * MINUTE;
/** 2024-01-01, a Monday. */
const START: Micros = 1_704_067_200_000_000;

export type Change = 'DROP_30' | 'DROP_50' | 'DROP_70' | 'ZERO' | 'DOUBLE';

const FACTORS: Readonly<Record<Change, number>> = {
  DROP_30: 0.7,
  DROP_50: 0.5,
  DROP_70: 0.3,
  ZERO: 0,
  DOUBLE: 2,
};

/** What was done to a series. */
export interface InjectedEvent {
  change: Change;
  from: Micros;
  to: Micros;
}

export interface SeriesShape {
  kind: SeriesKind;
  /** COUNT, GAUGE: mean of a step. RATE: the rate. MEAN: mean of a measurement. */
  level: number;
  /** RATE: trials in a step; MEAN: measurements in a step, on the average of a day. */
  exposure: number;
  /** COUNT, RATE: overdispersion; MEAN: squared coefficient of variation of one measurement; GAUGE: share of the level. */
  dispersion: number;
  /** Standard deviation of a factor that drifts over hours, as weather does. */
  drift: number;
  /** Of the day with a peak at noon and one in the evening: 0 flat, 1 quiet at night. */
  daily: number;
}

export interface SimulatedSeries {
  points: SeriesPoint[];
  events: InjectedEvent[];
}

/** Weeks of a series, with about one change a day and a half after `quietDays`, each 1 to 4 hours long. */
export function simulateSeries(
  shape: SeriesShape,
  { days, quietDays, changes }: { days: number; quietDays: number; changes: readonly Change[] },
  random: Prng,
): SimulatedSeries {
  const events = changes.length === 0 ? [] : plan(days, quietDays, changes, random.fork('events'));
  const noise = random.fork('noise');
  const weekend = random.fork('shape').between(0.7, 1.4);
  const points: SeriesPoint[] = [];
  let drift = 0;
  const persistence = Math.exp(-STEP / (3 * HOUR));
  for (let at = START; at < START + days * DAY; at += STEP) {
    drift = persistence * drift + Math.sqrt(1 - persistence ** 2) * shape.drift * normal(noise);
    const busy = dayShape(at, shape.daily) * (isWeekend(at) ? weekend : 1);
    const event = events.find(({ from, to }) => at >= from && at < to);
    points.push(drawPoint(shape, at, busy, Math.exp(drift) * (event ? FACTORS[event.change] : 1), noise));
  }
  return { points, events };
}

function drawPoint(shape: SeriesShape, at: Micros, busy: number, factor: number, random: Prng): SeriesPoint {
  const { level, dispersion } = shape;
  switch (shape.kind) {
    case 'COUNT':
      return { at, sum: negativeBinomial(random, level * busy * factor, dispersion), n: 1, squares: null };
    case 'GAUGE': {
      const value = Math.round(level * busy * factor * (1 + dispersion * normal(random)));
      return { at, sum: Math.max(0, value), n: 1, squares: null };
    }
    case 'RATE': {
      const n = negativeBinomial(random, shape.exposure * busy, 0.02);
      return { at, sum: betaBinomial(random, n, Math.min(1, level * factor), dispersion), n, squares: null };
    }
    case 'MEAN': {
      const n = negativeBinomial(random, shape.exposure * busy, 0.02);
      const values = Array.from({ length: n }, () => gammaWithMean(random, level * factor, 1 / dispersion));
      return { at, sum: total(values), n, squares: total(values.map((value) => value * value)) };
    }
  }
}

/** 1 on the average of a day. */
function dayShape(at: Micros, daily: number): number {
  const hour = (at % DAY) / HOUR;
  const peak = (middle: number, width: number) => Math.exp(-(((hour - middle) / width) ** 2) / 2);
  const shaped = 0.15 + 1.6 * peak(12.5, 1.6) + 2.1 * peak(19, 2);
  return 1 - daily + (daily * shaped) / 0.855;
}

function isWeekend(at: Micros): boolean {
  return (Math.floor(at / DAY) + 3) % 7 >= 5;
}

function plan(days: number, quietDays: number, changes: readonly Change[], random: Prng): InjectedEvent[] {
  const events: InjectedEvent[] = [];
  let at = quietDays * DAY + random.between(0, 1.5 * DAY);
  while (at < days * DAY - 6 * HOUR) {
    const from = START + Math.floor(at / STEP) * STEP;
    events.push({ change: random.pick(changes), from, to: from + random.int(12, 48) * STEP });
    at += random.between(1, 2) * DAY;
  }
  return events;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
