import type { SeriesState } from '../../../domain/series/watched-series.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export async function loadDetectorStates(db: Queryable): Promise<SeriesState[]> {
  const { rows } = await db.query<{
    series_key: string;
    detector: Buffer;
    tracker: Buffer;
    observed_to: Micros;
    seen_at: Micros;
  }>({
    name: 'load_detector_states',
    text: 'SELECT series_key, detector, tracker, observed_to, seen_at FROM detector_states',
  });
  return rows.map((row) => ({
    key: row.series_key,
    detector: row.detector,
    tracker: row.tracker,
    observedTo: row.observed_to,
    seenAt: row.seen_at,
  }));
}

export async function upsertDetectorStates(db: Queryable, states: readonly SeriesState[]): Promise<void> {
  if (states.length === 0) return;
  await db.query({
    name: 'upsert_detector_states',
    text: `INSERT INTO detector_states (series_key, detector, tracker, observed_to, seen_at)
           SELECT s.key, decode(s.detector, 'base64'), decode(s.tracker, 'base64'), ${micros('s.observed_to')},
                  ${micros('s.seen_at')}
           FROM unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::float8[])
                AS s (key, detector, tracker, observed_to, seen_at)
           ORDER BY s.key
           ON CONFLICT (series_key) DO UPDATE SET
             detector = excluded.detector, tracker = excluded.tracker, observed_to = excluded.observed_to,
             seen_at = excluded.seen_at`,
    values: [
      states.map(({ key }) => key),
      states.map(({ detector }) => base64(detector)),
      states.map(({ tracker }) => base64(tracker)),
      states.map(({ observedTo }) => observedTo),
      states.map(({ seenAt }) => seenAt),
    ],
  });
}

/** Says of all series that nothing came up to a moment which would be missing from their states. */
export async function moveDetectorStates(db: Queryable, observedTo: Micros): Promise<void> {
  await db.query({
    name: 'move_detector_states',
    text: `UPDATE detector_states SET observed_to = ${micros('$1::text')} WHERE observed_to < ${micros('$1::text')}`,
    values: [observedTo],
  });
}

/** @param keys null: of all series */
export async function deleteDetectorStates(db: Queryable, keys: readonly string[] | null): Promise<void> {
  if (keys?.length === 0) return;
  await db.query({
    name: 'delete_detector_states',
    text: 'DELETE FROM detector_states WHERE $1::text[] IS NULL OR series_key = ANY($1)',
    values: [keys],
  });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
