import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

const STATEMENT = `
  SELECT greatest((SELECT max(watermark) FROM consumer_offsets WHERE isfinite(watermark)),
                  (SELECT max(sequenced_to) FROM sequence_state WHERE isfinite(sequenced_to))) AS event_time`;

/** The latest event time that the database has heard of; null: none yet. */
export async function readEventTime(database: Queryable): Promise<Micros | null> {
  const { rows } = await database.query<{ event_time: Micros | null }>({ text: STATEMENT });
  return rows[0]?.event_time ?? null;
}
