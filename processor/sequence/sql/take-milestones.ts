import type { MilestoneKind } from '../../../domain/delivery/milestone.ts';
import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import type { EncodedVersions } from '../../sql/fold-versions.ts';
import { micros } from '../../sql/micros.ts';
import type { StoredItems } from '../../sql/order-items.ts';
import type { Due } from './find-due.ts';

/** A milestone that is due, with the order as it is in the database now; what is null is not known of it. */
export interface MilestoneRow {
  order_id: string;
  kind: MilestoneKind;
  at: Micros;
  /** REVIEWED: which review; 0 for the others. */
  content_hash: number;
  score: number | null;
  first_event_at: Micros | null;
  product_id: string | null;
  quantity: number | null;
  seller_id: string | null;
  amount: number | null;
  region: string | null;
  customer_zip: string | null;
  seller_zip: string | null;
  promised_at: Micros | null;
  items: StoredItems | null;
  fold_versions: EncodedVersions | null;
  created_event_at: Micros | null;
  paid_at: Micros | null;
  shipped_at: Micros | null;
  delivered_at: Micros | null;
  canceled_at: Micros | null;
}

/**
 * Takes the milestones among what may be due: of each status the first event, if it lies after `from` and no further than
 * `to`; of a late milestone, unless what it replaces has been followed. Takes the word away that was left of them.
 *
 * The orders and the word that was left are looked at in one statement, so that they are of one moment: what has been
 * dated back since the events were looked for has left word here. Not a named statement, as for {@link findDue}.
 *
 * @param from null: from the beginning
 * @param to null: late ones alone
 */
export async function takeMilestones(
  db: Queryable,
  due: readonly Due[],
  from: Micros | null,
  to: Micros | null,
): Promise<MilestoneRow[]> {
  if (due.length === 0) return [];
  const after = from === null ? '-infinity' : formatIso8601(from);
  const kept = due.flatMap((one) => (one.partition_at === null ? [] : [one.partition_at]));
  const { rows } = await db.query<MilestoneRow & Record<string, unknown>>({
    text: `WITH due AS MATERIALIZED (
             SELECT e->>0 AS order_id, e->>1 AS kind, (e->2)::bigint AS content_hash,
                    ${micros('e->>3')} AS reviewed_at, (e->>4)::smallint AS score
             FROM jsonb_array_elements($1::jsonb) AS e
           ),
           late AS MATERIALIZED (
             SELECT order_id, kind, content_hash, bool_or(replaces IS NULL OR replaces > $2::timestamptz) AS is_open
             FROM late_milestones JOIN due USING (order_id, kind, content_hash)
             GROUP BY order_id, kind, content_hash
           ),
           taken AS (
             DELETE FROM late_milestones l USING late
             WHERE l.order_id = late.order_id AND l.kind = late.kind AND l.content_hash = late.content_hash
           ),
           known AS MATERIALIZED (
             SELECT order_id, first_event_at, product_id, quantity, seller_id, amount, region, customer_zip,
                    seller_zip, promised_at, items, fold_versions, created_event_at, paid_at, shipped_at,
                    delivered_at, canceled_at
             FROM orders
             WHERE order_id = ANY($4) AND partition_at >= $5::timestamptz AND partition_at <= $6::timestamptz
           ),
           timed AS (
             SELECT due.order_id, due.kind, due.content_hash, due.score,
                    CASE due.kind WHEN 'CREATED' THEN known.created_event_at
                                  WHEN 'APPROVED' THEN known.paid_at
                                  WHEN 'HANDED_OVER' THEN known.shipped_at
                                  WHEN 'DELIVERED' THEN known.delivered_at
                                  WHEN 'CANCELED' THEN known.canceled_at
                                  ELSE due.reviewed_at END AS at
             FROM due LEFT JOIN known USING (order_id)
           )
           SELECT timed.at, timed.kind, timed.content_hash, timed.score, known.*, timed.order_id
           FROM timed
           LEFT JOIN known USING (order_id)
           LEFT JOIN late USING (order_id, kind, content_hash)
           WHERE late.is_open OR timed.kind = 'REVIEWED'
              OR (timed.at > $2::timestamptz AND timed.at <= $3::timestamptz)`,
    values: [
      JSON.stringify(due.map((d) => [d.order_id, d.kind, d.content_hash, d.reviewed_at, d.score])),
      after,
      to === null ? after : formatIso8601(to),
      [...new Set(due.map((one) => one.order_id))],
      kept.length === 0 ? null : formatIso8601(kept.reduce((a, b) => Math.min(a, b))),
      kept.length === 0 ? null : formatIso8601(kept.reduce((a, b) => Math.max(a, b))),
    ],
  });
  return rows;
}
