import type { SeriesKind, SeriesPoint } from '../detection/series-point.ts';
import type { Micros } from '../time/micros.ts';
import { SERIES, type SeriesDefinition, STEPS } from './catalogue.ts';
import type { Dimension } from './dimensions.ts';
import type { MeasureSums } from './measures.ts';
import { type SeriesName, seriesKey } from './series-key.ts';
import type { StepSums } from './step-sums.ts';

/** A series with its point. */
export interface NamedPoint {
  key: string;
  name: SeriesName;
  point: SeriesPoint;
}

/** The points of all series of which something was heard in the step, in the order of the catalogue. */
export function pointsOfStep(at: Micros, sums: StepSums): NamedPoint[] {
  const points: NamedPoint[] = [];
  for (const definition of SERIES)
    for (const dimension of definition.dimensions)
      for (const [value, point] of pointsOf(definition, dimension, at, sums)) {
        const name = { metric: definition.metric, dimension, value };
        points.push({ key: seriesKey(name), name, point });
      }
  return points;
}

/** What it means that nothing was heard of a series in a step: none of what is counted, and else nothing. */
export function silentPoint(isCounted: boolean, at: Micros): SeriesPoint {
  return { at, sum: 0, n: isCounted ? 1 : 0, squares: null };
}

/** What is said of a series of a restaurant that has closed: nothing, not even that there is none. */
export function closedPoint(at: Micros): SeriesPoint {
  return { at, sum: 0, n: 0, squares: null };
}

/** Whether something was heard, that is, whether the point is another than {@link silentPoint}. */
export function isHeard(isCounted: boolean, point: SeriesPoint): boolean {
  return isCounted ? point.sum > 0 : point.n > 0;
}

function* pointsOf(
  definition: SeriesDefinition,
  dimension: Dimension,
  at: Micros,
  sums: StepSums,
): Iterable<[value: string, SeriesPoint]> {
  const own = sums.of(definition.of, dimension);
  if (definition.kind === 'RATE') {
    if (definition.outOf === STEPS) {
      for (const [value, { n }] of own) yield [value, { at, sum: Math.min(n, 1), n: 1, squares: null }];
      return;
    }
    for (const [value, whole] of sums.of(definition.outOf, dimension)) {
      // What is canceled now may have been ordered before: a part is no more than the whole.
      const part = Math.min(own.get(value)?.n ?? 0, whole.n);
      yield [value, { at, sum: part, n: whole.n, squares: null }];
    }
    return;
  }
  for (const [value, measured] of own) yield [value, pointOf(definition.kind, at, measured)];
}

function pointOf(kind: SeriesKind, at: Micros, { n, sum, squares }: Readonly<MeasureSums>): SeriesPoint {
  return kind === 'MEAN' ? { at, sum, n, squares } : { at, sum: n, n: 1, squares: null };
}
