import type { Database } from '../../platform/database/database.ts';
import { listRollups } from '../sql/list-rollups.ts';

/** A stretch of event time; null: from the beginning, up to now. */
export interface RefreshRange {
  /** ISO 8601. */
  from: string | null;
  /** ISO 8601. */
  to: string | null;
}

/**
 * Brings every rollup up to date, the finer before the coarser that is made from it; what the policies do by and by,
 * at once. After a replay of old data, say.
 *
 * Never beyond now: refreshing over a future-dated row moves the aggregate's watermark there, and what comes before it
 * would be hidden until the next refresh. In one piece: cut into batches of buckets, as is the default, years of sparse
 * minutes took ten minutes.
 *
 * Needs the owner of the rollups (the role that migrated).
 *
 * @returns the names of the refreshed rollups, in order
 */
export async function refreshRollups(
  database: Database,
  range: RefreshRange,
  onRefreshed: (name: string, milliseconds: number) => void = () => undefined,
): Promise<string[]> {
  const rollups = await listRollups(database);
  for (const { name, bucketWidth } of rollups) {
    const started = performance.now();
    // Whole buckets only: the range is widened by one on either side.
    await database.query({
      text: `CALL refresh_continuous_aggregate($1::regclass,
               $2::timestamptz - $4::interval,
               least($3::timestamptz + $4::interval, now()),
               options => '{"buckets_per_batch": 0}'::jsonb)`,
      values: [name, range.from, range.to, bucketWidth],
    });
    onRefreshed(name, performance.now() - started);
  }
  return rollups.map((rollup) => rollup.name);
}
