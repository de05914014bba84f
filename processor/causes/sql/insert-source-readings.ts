import type { SourceReading } from '../../../domain/causes/source-reading.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

/** Keeps readings. What was read of a source and subject for a moment before stays: decisions may rest on it. */
export async function insertSourceReadings(
  db: Queryable,
  readings: readonly (SourceReading & { latencyMs: number | null })[],
): Promise<void> {
  if (readings.length === 0) return;
  const rows = readings.map((one) => [one.at, one.source, one.subject, one.value, one.text, one.latencyMs]);
  await db.query({
    name: 'insert_source_readings',
    text: `INSERT INTO source_readings (at, source, subject, value, text, latency_ms)
           SELECT ${micros('e->>0')}, e->>1, e->>2, (e->>3)::float8, e->>4, (e->>5)::integer
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT DO NOTHING`,
    values: [JSON.stringify(rows)],
  });
}
