import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { Episode } from '../alertmanager/episode.ts';

/**
 * Raises alerts of kind PIPELINE for those episodes that are not known yet. One that is over already is kept, but not
 * announced: it has no row in the Slack outbox.
 *
 * @returns the dedup keys of the new ones
 */
export async function insertEpisodes(db: Queryable, episodes: readonly Episode[]): Promise<string[]> {
  const { rows } = await db.query<{ dedup_key: string }>({
    name: 'insert_episodes',
    text: `WITH episodes AS (
             SELECT e->>0 AS dedup_key, e->>1 AS severity, e->>2 AS subject, e->3 AS evidence, e->>4 AS group_key,
                    (e->>5)::timestamptz AS started_at, (e->>6)::boolean AS firing
             FROM jsonb_array_elements($1::jsonb) AS e
           ), raised AS (
             INSERT INTO alerts (dedup_key, kind, severity, subject, evidence, group_key, opened_at, status_since)
             SELECT dedup_key, 'PIPELINE', severity, subject, evidence, group_key, started_at, started_at
             FROM episodes
             ORDER BY dedup_key
             ON CONFLICT (dedup_key) DO NOTHING
             RETURNING alert_id, dedup_key
           ), announced AS (
             INSERT INTO slack_alert_log (alert_id)
             SELECT alert_id FROM raised JOIN episodes USING (dedup_key) WHERE firing
           )
           SELECT dedup_key FROM raised`,
    values: [
      JSON.stringify(
        episodes.map((e) => [
          e.dedupKey,
          e.severity,
          e.subject,
          e.evidence,
          e.groupKey,
          formatIso8601(e.startedAt),
          e.endedAt === null,
        ]),
      ),
    ],
  });
  return rows.map((row) => row.dedup_key);
}
