import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import { type Micros, SECOND } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

export interface DetectionProgress {
  /** End of the last step that was judged. */
  observedTo: Micros;
  /** End of the last step of which something was heard. */
  heardTo: Micros;
  /** Length of the steps. */
  step: Micros;
}

/** @returns null while there is nothing to judge */
export async function readDetectionProgress(db: Queryable): Promise<DetectionProgress | null> {
  const { rows } = await db.query<{ observed_to: Micros; heard_to: Micros; step: number }>({
    name: 'read_detection_progress',
    text: `SELECT observed_to, heard_to, extract(epoch FROM step)::float8 AS step FROM detection_progress`,
  });
  const [row] = rows;
  if (row === undefined) return null;
  return { observedTo: row.observed_to, heardTo: row.heard_to, step: row.step * SECOND };
}

export async function saveDetectionProgress(
  db: Queryable,
  { observedTo, heardTo, step }: DetectionProgress,
): Promise<void> {
  await db.query({
    name: 'save_detection_progress',
    text: `INSERT INTO detection_progress (observed_to, heard_to, step)
           VALUES ($1::timestamptz, $2::timestamptz, $3::interval)
           ON CONFLICT (only_row) DO UPDATE SET
             observed_to = excluded.observed_to, heard_to = excluded.heard_to, step = excluded.step`,
    values: [formatIso8601(observedTo), formatIso8601(heardTo), `${step / SECOND} seconds`],
  });
}
