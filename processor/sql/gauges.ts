import type { Queryable } from '../../platform/database/database.ts';

export interface GaugeSample {
  name:
    | 'alerts'
    | 'outbox_depth'
    | 'outbox_oldest'
    | 'slack_depth'
    | 'slack_oldest'
    | 'webhook_depth'
    | 'webhook_oldest'
    | 'rollup_age';
  label: string;
  second: string;
  value: number;
}

/** What only the database knows: alerts by kind and status, the outboxes, and how old each rollup's refresh is. */
export async function readGauges(db: Queryable): Promise<GaugeSample[]> {
  const { rows } = await db.query<GaugeSample & Record<string, unknown>>({
    name: 'read_gauges',
    text: `SELECT 'alerts' AS name, kind AS label, status AS second, count(*)::float8 AS value
           FROM alerts WHERE status <> 'RESOLVED' GROUP BY kind, status
           UNION ALL
           SELECT 'outbox_depth', state, '', count(*)::float8 FROM kafka_outbox GROUP BY state
           UNION ALL
           SELECT 'outbox_oldest', '', '', coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8
           FROM kafka_outbox WHERE state = 'pending'
           UNION ALL
           SELECT 'slack_depth', state, '', count(*)::float8
           FROM slack_alert_log WHERE state IN ('pending', 'sending', 'uncertain') GROUP BY state
           UNION ALL
           SELECT 'slack_oldest', '', '', coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8
           FROM slack_alert_log WHERE state IN ('pending', 'sending', 'uncertain')
           UNION ALL
           SELECT 'webhook_depth', state, '', count(*)::float8
           FROM webhook_outbox WHERE state IN ('pending', 'dead') GROUP BY state
           UNION ALL
           SELECT 'webhook_oldest', '', '', coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8
           FROM webhook_outbox WHERE state = 'pending'
           UNION ALL
           SELECT 'rollup_age', j.hypertable_name, '',
                  coalesce(extract(epoch FROM now() - nullif(s.last_successful_finish, '-infinity')), -1)::float8
           FROM timescaledb_information.jobs j
           LEFT JOIN timescaledb_information.job_stats s USING (job_id)
           WHERE j.proc_name = 'policy_refresh_continuous_aggregate'`,
  });
  return rows;
}
