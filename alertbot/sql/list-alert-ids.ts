import type { AlertKind, Severity } from '../../domain/alerts/alert.ts';
import type { AlertStatus } from '../../domain/alerts/lifecycle.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** Null members ask for nothing. */
export interface AlertFilter {
  statuses: readonly AlertStatus[] | null;
  kinds: readonly AlertKind[] | null;
  severities: readonly Severity[] | null;
  /** Only alerts that were raised before this one. */
  before: number | null;
  limit: number;
}

/** Ids of the alerts that fit, the one raised last first. */
export async function listAlertIds(db: Queryable, filter: AlertFilter): Promise<number[]> {
  const { rows } = await db.query<{ alert_id: number }>({
    name: 'list_alert_ids',
    text: `SELECT alert_id FROM alerts
           WHERE ($1::text[] IS NULL OR status = ANY($1))
             AND ($2::text[] IS NULL OR kind = ANY($2))
             AND ($3::text[] IS NULL OR severity = ANY($3))
             AND ($4::bigint IS NULL OR alert_id < $4)
           ORDER BY alert_id DESC LIMIT $5`,
    values: [filter.statuses, filter.kinds, filter.severities, filter.before, filter.limit],
  });
  return rows.map((row) => row.alert_id);
}
