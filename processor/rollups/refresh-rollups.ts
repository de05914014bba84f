import type { Database } from '../../platform/database/database.ts';
import { listRollups, type Rollup } from '../sql/list-rollups.ts';

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
 * Not before the horizon where retention is on: refreshing over what was dropped would destroy history. Never beyond now: refreshing over a future-dated row moves the aggregate's watermark there, and what comes before it
 * would be hidden until the next refresh. Never before the horizon of retention: where the facts were dropped, the
 * rollup is all there is, and refreshing would empty it. In one piece: cut into batches of buckets, as is the default,
 * years of sparse minutes took ten minutes.
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
  const refreshed: string[] = [];
  for (const rollup of await listRollups(database)) {
    const started = performance.now();
    const { from, to, isEmpty } = await rangeOf(database, rollup, range);
    if (isEmpty) continue;
    await database.query({
      text: `CALL refresh_continuous_aggregate($1::regclass, $2::timestamptz, $3::timestamptz,
               options => '{"buckets_per_batch": 0}'::jsonb)`,
      values: [rollup.name, from, to],
    });
    onRefreshed(rollup.name, performance.now() - started);
    refreshed.push(rollup.name);
  }
  return refreshed;
}

interface RollupRange extends RefreshRange {
  /** Too short to have a whole bucket in it: TimescaleDB refuses that. */
  isEmpty: boolean;
}

/** Whole buckets only are refreshed: the range is widened, by two before so that there is one however near its end is. */
async function rangeOf(
  database: Database,
  { bucketWidth, startOffset }: Rollup,
  range: RefreshRange,
): Promise<RollupRange> {
  const { rows } = await database.query<RollupRange>({
    text: `SELECT "from"::text, "to"::text, coalesce("to" - "from" < 2 * $3::interval, false) AS "isEmpty"
           FROM (SELECT greatest(CASE WHEN $1::timestamptz > now() THEN now() ELSE $1::timestamptz END - 2 * $3::interval,
                                 now() - $4::interval),
                        least($2::timestamptz + $3::interval, now())) AS widened ("from", "to")`,
    values: [range.from, range.to, bucketWidth, startOffset],
  });
  return rows[0] ?? { from: null, to: null, isEmpty: true };
}
