import type { Queryable } from '../../platform/database/database.ts';

export interface SlackBacklog {
  /** Messages and posts by state: waiting, pending, sending, uncertain, dead. */
  depth: { state: string; count: number }[];
  /** Seconds since the oldest alert that has not reached Slack was raised; 0 when there is none. */
  oldestSeconds: number;
}

export async function readSlackBacklog(db: Queryable): Promise<SlackBacklog> {
  const { rows } = await db.query<{ state: string; value: number }>({
    name: 'read_slack_backlog',
    text: `SELECT state, count(*)::float8 AS value FROM slack_messages WHERE state IN ('waiting', 'pending') GROUP BY state
           UNION ALL
           SELECT state, count(*)::float8 FROM slack_messages WHERE state IN ('sending', 'uncertain') GROUP BY state
           UNION ALL
           SELECT state, count(*)::float8 FROM slack_messages WHERE state = 'dead' GROUP BY state
           UNION ALL
           SELECT 'oldest', coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8
           FROM slack_alert_log WHERE state IN ('pending', 'sending', 'uncertain')`,
  });
  return {
    depth: rows
      .filter(({ state }) => state !== 'oldest')
      .map(({ state, value }) => ({ state, count: value })),
    oldestSeconds: rows.find(({ state }) => state === 'oldest')?.value ?? 0,
  };
}
