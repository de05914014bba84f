import type { Dimension } from '../../../domain/series/dimensions.ts';
import type { Measure } from '../../../domain/series/measures.ts';
import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import { type Micros, SECOND } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { measuresOfFact, type Source } from './sources.ts';

/** Whole steps. */
export interface StepRange {
  from: Micros;
  /** End of the last step, which is not part of it. */
  to: Micros;
  /** Length of a step. */
  step: Micros;
}

export interface MeasureRow {
  /** Start of the step. */
  step: Micros;
  measure: Measure;
  dimension: Dimension;
  value: string;
  n: number;
  sum: number;
  squares: number;
}

/**
 * Adds up what a source says of each step, measure and value of a dimension. Sums are exact (numeric) until they are
 * complete, so that they do not depend on the order in which rows are found.
 *
 * Not a named statement: planned with its times, it looks at the chunks of these steps only.
 */
export async function readMeasures(
  db: Queryable,
  source: Source,
  { from, to, step }: StepRange,
): Promise<MeasureRow[]> {
  const { table, at, who } = source;
  const sums =
    who === undefined
      ? 'count(*) AS n, sum(m.number)::float8 AS sum, sum(m.number * m.number)::float8 AS squares'
      : `count(DISTINCT f.${who}) AS n, count(DISTINCT f.${who})::float8 AS sum, 0::float8 AS squares`;
  const { rows } = await db.query<MeasureRow & Record<string, unknown>>({
    text: `SELECT time_bucket($3::interval, f.${at}) AS step, m.measure, m.dimension, m.value, ${sums}
           FROM ${table} f
           CROSS JOIN LATERAL (VALUES ${measuresOfFact(source)}) AS m (measure, dimension, value, number, applies)
           WHERE f.${at} >= $1::timestamptz AND f.${at} < $2::timestamptz
             AND m.applies AND m.value IS NOT NULL AND m.number IS NOT NULL
           GROUP BY 1, 2, 3, 4`,
    values: [formatIso8601(from), formatIso8601(to), `${step / SECOND} seconds`],
  });
  return rows;
}
