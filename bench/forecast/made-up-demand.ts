import { uniform } from '../../domain/statistics/uniform.ts';
import { DAY, HOUR, type Micros } from '../../domain/time/micros.ts';

export interface MadeUpDemand {
  seed: number;
  /** Start of the series. */
  from: Micros;
  days: number;
  step: Micros;
  /** Mean of a step. */
  mean: number;
}

/** Peaks of a day: [hour, width in hours, height]. */
const DAY_PEAKS = [
  [12.5, 1.6, 1.3],
  [18.8, 2.2, 1.9],
  [22.5, 1.5, 0.5],
] as const;
/** Factors of Thursday, on which 1970 began, to Wednesday. */
const WEEK = [0.98, 1.22, 1.3, 1.1, 0.88, 0.9, 0.94];
/** A day in so many is a holiday. */
const HOLIDAY_EVERY = 37;
/** Days after which the level shifts for good. */
const SHIFT_EVERY = 45;

/**
 * Counts with what demand has: a day with meals, a week, holidays, level shifts, a growth, weather that stays for hours and
 * days, accidents of minutes, and chance. The same for a seed.
 */
export function madeUpDemand({
  seed,
  from,
  days,
  step,
  mean,
}: MadeUpDemand): { at: Micros; value: number }[] {
  const random = uniform(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const holidays = Array.from({ length: days }, (_, day) => day > 13 && random() < 1 / HOLIDAY_EVERY);
  const drift = slow(days, 0.85, 0.05, normal);
  let shift = 0;
  let weather = 0;
  const perDay = DAY / step;
  const series = [];
  for (let i = 0; i < days * perDay; i += 1) {
    const at = from + i * step;
    const day = Math.floor(i / perDay);
    if (i % perDay === 0 && day > 0 && day % SHIFT_EVERY === 0) shift += 0.22 * normal();
    const keep = Math.exp(-step / (5 * HOUR));
    weather = keep * weather + Math.sqrt(1 - keep * keep) * 0.09 * normal();
    const usual = shapeOfDay(at) * WEEK[Math.floor(at / DAY) % 7]!;
    const special = holidays[day] === true ? 0.62 : 1;
    const rate =
      mean * usual * special * Math.exp(shift + drift[day]! + weather + 0.0005 * day + 0.02 * normal());
    series.push({ at, value: count(rate, random, normal) });
  }
  return series;
}

/** Mean about 1. */
function shapeOfDay(at: Micros): number {
  const hour = (at % DAY) / HOUR;
  let height = 0.12;
  for (const [peak, width, size] of DAY_PEAKS) {
    const away = Math.min(Math.abs(hour - peak), 24 - Math.abs(hour - peak));
    height += size * Math.exp(-0.5 * (away / width) ** 2);
  }
  return height / 0.85;
}

/** A first-order autoregression by days. */
function slow(days: number, keep: number, spread: number, normal: () => number): number[] {
  let value = 0;
  return Array.from({ length: days }, () => {
    value = keep * value + spread * normal();
    return value;
  });
}

/** Poisson: Knuth's product for small rates, rounded normal for large ones. */
function count(rate: number, random: () => number, normal: () => number): number {
  if (rate > 60) return Math.max(0, Math.round(rate + Math.sqrt(rate) * normal()));
  const limit = Math.exp(-rate);
  let product = random();
  let events = 0;
  while (product > limit) {
    product *= random();
    events += 1;
  }
  return events;
}
