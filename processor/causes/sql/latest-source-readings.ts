import type { SourceKind, SourceReading } from '../../../domain/causes/source-reading.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/** The latest reading of each source and subject in `(from, to]`: what an incident of that time can be explained with. */
export async function latestSourceReadings(
  db: Queryable,
  from: Micros,
  to: Micros,
): Promise<SourceReading[]> {
  const { rows } = await db.query<{
    source: SourceKind;
    subject: string;
    at: Micros;
    value: number;
    text: string;
  }>({
    name: 'latest_source_readings',
    text: `SELECT DISTINCT ON (source, subject) source, subject, at, value, text
           FROM source_readings
           WHERE at > TIMESTAMPTZ 'epoch' + INTERVAL '1 microsecond' * $1::float8
             AND at <= TIMESTAMPTZ 'epoch' + INTERVAL '1 microsecond' * $2::float8
           ORDER BY source, subject, at DESC`,
    values: [from, to],
  });
  return rows;
}
