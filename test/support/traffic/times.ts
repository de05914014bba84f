import fc from 'fast-check';
import type { Micros } from '../oracle/types.ts';

export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** Midnight of a Monday; traffic happens on it and the next day. */
export const BASE: Micros = Date.parse('2026-03-02T00:00:00Z') * 1000;

/** A clock for the oracle and the code: after all traffic. */
export const NOW: Micros = BASE + 5 * 24 * HOUR;

function around(at: Micros): Micros[] {
  return [at - 1, at, at + 1];
}

const SHORT = [
  0,
  0,
  0,
  1,
  250_000,
  ...around(SECOND),
  5 * SECOND,
  ...around(10 * SECOND),
  ...around(15 * SECOND),
];
const LONG = [...around(30 * MINUTE), ...around(2 * HOUR), 61 * MINUTE];

/** Distances at which a rule changes its mind, a microsecond less and more, and none at all. */
export const shortStep: fc.Arbitrary<Micros> = fc.constantFrom(...SHORT);
export const tightStep: fc.Arbitrary<Micros> = fc.constantFrom(
  0,
  0,
  1,
  250_000,
  ...around(SECOND),
  2 * SECOND,
);
/** Nearly all at once, and one window (5 or 10 s) later. */
export const edgeStep: fc.Arbitrary<Micros> = fc.constantFrom(
  0,
  0,
  ...around(5 * SECOND).slice(1),
  ...around(10 * SECOND),
);
export const longStep: fc.Arbitrary<Micros> = fc.constantFrom(0, 0, ...SHORT, ...LONG);

/** Few starts, and from each the steps of two rules: many pairs lie exactly a window apart. */
export const eventTime: fc.Arbitrary<Micros> = fc
  .tuple(fc.constantFrom(0, 0, 0, 90 * MINUTE, 23 * HOUR + 59 * MINUTE + 59 * SECOND), longStep, shortStep)
  .map(([start, long, short]) => BASE + start + long + short);

/** Milliseconds between the event and its record; a producer's clock may be ahead. */
export const kafkaDelay: fc.Arbitrary<number> = fc.constantFrom(
  0,
  0,
  1,
  20,
  20,
  1_500,
  60_000,
  3_600_000,
  -5_000,
);

/** The instant as people write it: in UTC, or on another clock with its offset; with or without empty decimals. */
export function renderTime(at: Micros, style: TimeStyle): string {
  const millis = Math.floor((at + style.offsetMinutes * MINUTE) / 1000);
  const wall = new Date(millis).toISOString();
  const micros = wall.slice(20, 23) + String(((at % 1000) + 1000) % 1000).padStart(3, '0');
  const fraction = style.trim ? micros.replace(/0+$/, '') : micros;
  return `${wall.slice(0, 10)}${style.separator}${wall.slice(11, 19)}${fraction === '' ? '' : `.${fraction}`}${renderOffset(style)}`;
}

export interface TimeStyle {
  offsetMinutes: number;
  separator: 'T' | ' ';
  colon: boolean;
  trim: boolean;
}

export const UTC: TimeStyle = { offsetMinutes: 0, separator: 'T', colon: true, trim: false };

function renderOffset({ offsetMinutes, colon }: TimeStyle): string {
  if (offsetMinutes === 0) return 'Z';
  const size = Math.abs(offsetMinutes);
  const hours = String(Math.floor(size / 60)).padStart(2, '0');
  const minutes = String(size % 60).padStart(2, '0');
  return `${offsetMinutes < 0 ? '-' : '+'}${hours}${colon ? ':' : ''}${minutes}`;
}

export const timeStyle: fc.Arbitrary<TimeStyle> = fc.record({
  offsetMinutes: fc.constantFrom(0, 540, -210, 345),
  separator: fc.constantFrom('T', 'T', ' '),
  colon: fc.boolean(),
  trim: fc.boolean(),
});
