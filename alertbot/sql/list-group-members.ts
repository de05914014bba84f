import type { Queryable } from '../../platform/database/database.ts';

/** A page of the alerts that a group's message shows, the most urgent first, and how many there are in all. */
export async function listGroupMembers(
  db: Queryable,
  messageId: number,
  page: { offset: number; limit: number },
): Promise<{ ids: number[]; total: number }> {
  const { rows } = await db.query<{ ids: string[]; total: number }>({
    name: 'list_group_members',
    text: `WITH member AS (
             SELECT a.alert_id, row_number() OVER (ORDER BY
                      array_position(ARRAY['OPEN', 'RETRY_REQUESTED', 'ACK', 'RESOLVED'], a.status),
                      array_position(ARRAY['critical', 'warning', 'info'], a.severity), a.opened_at, a.alert_id) AS place
             FROM slack_alert_log l JOIN alerts a ON a.alert_id = l.alert_id
             WHERE l.message_id = $1
           )
           SELECT count(*) AS total,
                  coalesce(array_agg(alert_id ORDER BY place) FILTER (WHERE place > $2 AND place <= $2 + $3), '{}') AS ids
           FROM member`,
    values: [messageId, page.offset, page.limit],
  });
  return { ids: rows[0]?.ids.map(Number) ?? [], total: rows[0]?.total ?? 0 };
}
