import type { AlertKind, Severity } from '../../domain/alerts/alert.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** Some of the alerts of one part of App Home, the most urgent first, and how many there are in all. */
export interface HomeList {
  ids: number[];
  total: number;
}

export interface HomeLists {
  counts: { severity: Severity; kind: AlertKind; count: number }[];
  open: HomeList;
  mine: HomeList;
  snoozed: HomeList;
}

/**
 * What there is to do, for everybody and for one person: unresolved alerts by severity and kind, those that are OPEN,
 * those the person has acknowledged, and the snoozed ones.
 *
 * @param most how many ids of each part
 */
export async function loadHomeLists(
  db: Queryable,
  userId: string,
  most: { open: number; mine: number; snoozed: number },
  now: Micros,
): Promise<HomeLists> {
  const { rows } = await db.query<{ lists: HomeLists }>({
    name: 'load_home_lists',
    text: `WITH unresolved AS (
             SELECT alert_id, severity, kind, status, coalesce(snoozed_until > $2, false) AS is_snoozed,
                    status = 'ACK' AND ops_operator_id IS NOT DISTINCT FROM $1 AS is_mine,
                    row_number() OVER (ORDER BY array_position(ARRAY['critical', 'warning', 'info'], severity),
                                                opened_at, alert_id) AS place
             FROM alerts WHERE status <> 'RESOLVED'
           ), part AS (
             SELECT part.name, part.most, alert_id, row_number() OVER (PARTITION BY part.name ORDER BY place) AS place
             FROM unresolved
             CROSS JOIN (VALUES ('open', $3::int), ('mine', $4::int), ('snoozed', $5::int)) AS part (name, most)
             WHERE CASE part.name WHEN 'open' THEN status = 'OPEN' AND NOT is_snoozed
                                  WHEN 'mine' THEN is_mine
                                  ELSE is_snoozed END
           ), list AS (
             SELECT wanted.name, jsonb_build_object(
                      'total', count(part.alert_id),
                      'ids', coalesce(jsonb_agg(part.alert_id ORDER BY part.place) FILTER (WHERE part.place <= part.most), '[]')) AS list
             FROM (VALUES ('open'), ('mine'), ('snoozed')) AS wanted (name) LEFT JOIN part USING (name)
             GROUP BY wanted.name
           ), counted AS (
             SELECT severity, kind, count(*) AS count FROM unresolved GROUP BY severity, kind
           )
           SELECT (SELECT jsonb_object_agg(name, list) FROM list) || jsonb_build_object(
                    'counts', (SELECT coalesce(jsonb_agg(to_jsonb(counted) ORDER BY severity, kind), '[]') FROM counted)) AS lists`,
    values: [userId, formatIso8601(now), most.open, most.mine, most.snoozed],
  });
  return rows[0]!.lists;
}
