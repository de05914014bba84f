import type { Severity } from '../../domain/alerts/alert.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** The first unresolved alerts by urgency, and how many there are. Null asks for nothing. */
export async function listUnresolved(
  db: Queryable,
  filter: { severity: Severity | null; acknowledgedBy: string | null },
  limit: number,
): Promise<{ ids: number[]; total: number }> {
  const { rows } = await db.query<{ alert_id: number; total: number }>({
    name: 'list_unresolved',
    text: `SELECT alert_id, count(*) OVER () AS total FROM alerts
           WHERE status <> 'RESOLVED'
             AND ($1::text IS NULL OR severity = $1)
             AND ($2::text IS NULL OR (status = 'ACK' AND ops_operator_id = $2))
           ORDER BY array_position(ARRAY['critical', 'warning', 'info'], severity), opened_at, alert_id
           LIMIT $3`,
    values: [filter.severity, filter.acknowledgedBy, limit],
  });
  return { ids: rows.map((row) => row.alert_id), total: rows[0]?.total ?? 0 };
}
