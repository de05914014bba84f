import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import type { Source } from './sources.ts';

/**
 * The earliest fact of some sources. Not a named statement, as for `readMeasures`.
 *
 * @param after null: from the beginning
 * @param to inclusive
 */
export async function findFirstFact(
  db: Queryable,
  sources: readonly Source[],
  after: Micros | null,
  to: Micros,
): Promise<Micros | null> {
  const firsts = sources.map(
    ({ table, at }) =>
      `(SELECT ${at} AS at FROM ${table} WHERE ${at} > $1::timestamptz AND ${at} <= $2::timestamptz ORDER BY ${at} LIMIT 1)`,
  );
  const { rows } = await db.query<{ at: Micros | null }>({
    text: `SELECT min(at) AS at FROM (${firsts.join(' UNION ALL ')}) AS firsts`,
    values: [after === null ? '-infinity' : formatIso8601(after), formatIso8601(to)],
  });
  return rows[0]?.at ?? null;
}
