import { Prng } from '../../../simulator/timing/prng.ts';
import { type EventScore, scoreEvents } from './score-events.ts';
import { type Change, type SeriesShape, simulateSeries } from './series.ts';

export const CHANGES: readonly Change[] = ['DROP_30', 'DROP_50', 'DROP_70', 'ZERO', 'DOUBLE'];
const DAYS = 35;
const QUIET_DAYS = 14;

export interface SuiteRow {
  name: string;
  score: EventScore;
  /** Findings a week in the first two weeks of a series, in which nothing happens. */
  firstFalseAlarms: number;
}

const COUNT: SeriesShape = { kind: 'COUNT', level: 10, exposure: 1, dispersion: 0.02, drift: 0, daily: 0.8 };

/** Series as a platform has them: by how much is in a step of five minutes on the average of a day. */
export const SHAPES: readonly (readonly [string, SeriesShape])[] = [
  ['count of 3', { ...COUNT, level: 3 }],
  ['count of 10', COUNT],
  ['count of 30', { ...COUNT, level: 30 }],
  ['count of 100', { ...COUNT, level: 100 }],
  ['count of 10, drifting', { ...COUNT, dispersion: 0.05, drift: 0.1 }],
  ['count of 30, drifting', { ...COUNT, level: 30, dispersion: 0.05, drift: 0.1 }],
  ['rate 3 % of 40', { ...COUNT, kind: 'RATE', level: 0.03, exposure: 40, dispersion: 0.005 }],
  ['rate 10 % of 40', { ...COUNT, kind: 'RATE', level: 0.1, exposure: 40, dispersion: 0.005 }],
  ['rate 95 % of 10', { ...COUNT, kind: 'RATE', level: 0.95, exposure: 10, dispersion: 0.005 }],
  ['mean of 5', { ...COUNT, kind: 'MEAN', level: 1800, exposure: 5, dispersion: 0.15, drift: 0.05 }],
  ['mean of 20', { ...COUNT, kind: 'MEAN', level: 1800, exposure: 20, dispersion: 0.15, drift: 0.05 }],
  ['gauge of 10', { ...COUNT, kind: 'GAUGE', level: 10, dispersion: 0.05, drift: 0.08 }],
  ['gauge of 60', { ...COUNT, kind: 'GAUGE', level: 60, dispersion: 0.05, drift: 0.08 }],
];

/** So many series of a shape, each with changes and, to see the first weeks, once more without. */
export function runShape(name: string, shape: SeriesShape, series: number, seed: string): SuiteRow {
  // What is nine in ten cannot double.
  const changes =
    shape.kind === 'RATE' && shape.level > 0.5 ? CHANGES.filter((c) => c !== 'DOUBLE') : CHANGES;
  const score: EventScore = { weeks: 0, falseAlarms: 0, events: [] };
  let first = 0;
  for (let i = 0; i < series; i += 1) {
    const random = new Prng(`${seed}/${name}/${i}`);
    const simulated = simulateSeries(shape, { days: DAYS, quietDays: QUIET_DAYS, changes }, random);
    const one = scoreEvents(shape.kind, simulated, QUIET_DAYS);
    score.weeks += one.weeks;
    score.falseAlarms += one.falseAlarms;
    score.events.push(...one.events);
    const quiet = simulateSeries(
      shape,
      { days: QUIET_DAYS, quietDays: 0, changes: [] },
      random.fork('quiet'),
    );
    first += scoreEvents(shape.kind, quiet, 0).falseAlarms;
  }
  return { name, score, firstFalseAlarms: first / series / 2 };
}

export function suiteTable(rows: readonly SuiteRow[]): string {
  const all: EventScore = {
    weeks: rows.reduce((sum, { score }) => sum + score.weeks, 0),
    falseAlarms: rows.reduce((sum, { score }) => sum + score.falseAlarms, 0),
    events: rows.flatMap(({ score }) => score.events),
  };
  const first = rows.reduce((sum, row) => sum + row.firstFalseAlarms, 0) / rows.length;
  const head = `${'per cent found'.padEnd(24)}${['all', ...CHANGES].map((name) => name.padStart(9)).join('')}`;
  return [
    `${head}   zero <= 3 steps   median delay   false alarms a series-week   in the first two weeks\n`,
    ...[...rows, { name: 'all', score: all, firstFalseAlarms: first }].map(line),
  ].join('');
}

function line({ name, score, firstFalseAlarms }: SuiteRow): string {
  const { events } = score;
  const of = (change: Change) => events.filter((event) => event.change === change);
  const found = events.filter(({ found }) => found);
  const delays = found.map(({ delay }) => delay).sort((a, b) => a - b);
  const soon = of('ZERO').filter(({ delay }) => delay <= 2);
  return [
    name.padEnd(24),
    share(found.length, events.length).padStart(9),
    ...CHANGES.map((change) =>
      share(of(change).filter(({ found }) => found).length, of(change).length).padStart(9),
    ),
    share(soon.length, of('ZERO').length).padStart(18),
    `${delays[delays.length >> 1] ?? '-'} steps`.padStart(15),
    (score.falseAlarms / score.weeks).toFixed(2).padStart(29),
    `${firstFalseAlarms.toFixed(2).padStart(25)}\n`,
  ].join('');
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : ((100 * part) / whole).toFixed(1);
}
