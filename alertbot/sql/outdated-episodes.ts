import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/**
 * Open episodes of these fingerprints that a later one has followed: their end was never told, or was told before their
 * beginning. The end is the beginning of the next one.
 */
export async function outdatedEpisodes(
  db: Queryable,
  fingerprints: readonly string[],
): Promise<{ dedupKey: string; endedAt: Micros }[]> {
  const { rows } = await db.query<{ dedup_key: string; ended_at: Micros }>({
    name: 'outdated_episodes',
    text: `SELECT a.dedup_key, min(later.opened_at) AS ended_at
           FROM alerts a
           JOIN alerts later ON later.kind = 'PIPELINE' AND later.opened_at > a.opened_at
                            AND later.dedup_key LIKE 'prometheus/%'
                            AND split_part(later.dedup_key, '/', 2) = split_part(a.dedup_key, '/', 2)
           WHERE a.kind = 'PIPELINE' AND a.status <> 'RESOLVED' AND a.dedup_key LIKE 'prometheus/%'
             AND split_part(a.dedup_key, '/', 2) = ANY($1)
           GROUP BY a.dedup_key`,
    values: [fingerprints],
  });
  return rows.map((row) => ({ dedupKey: row.dedup_key, endedAt: row.ended_at }));
}
