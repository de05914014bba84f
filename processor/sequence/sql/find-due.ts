import type { MilestoneKind } from '../../../domain/delivery/milestone.ts';
import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import type { Slice } from './find-slice-end.ts';

/** What may be a milestone that is due; whether it is, the order says. */
export interface Due {
  order_id: string;
  kind: MilestoneKind;
  /** Where the order is kept; null: it is not known. */
  partition_at: Micros | null;
  /** REVIEWED: which review, when and how; 0 and null for the others. */
  content_hash: number;
  reviewed_at: Micros | null;
  score: number | null;
}

/**
 * Finds what may be due after `from`: of every status each event in the slice, of every late milestone the word that
 * was left of it.
 *
 * Not a named statement: planned with its times, it looks at the chunks of the slice only. Over all chunks of a year that
 * took 60 times as long. So late reviews have times of their own, too: with word that comes later than those were looked
 * for, the next pass finds what it is about.
 *
 * @param from null: from the beginning
 * @param slice its end null: some `most` (at least one) of the late ones that have been passed already, and nothing else
 */
export async function findDue(
  db: Queryable,
  from: Micros | null,
  slice: Slice,
  most: number,
): Promise<Due[]> {
  const after = from === null ? '-infinity' : formatIso8601(from);
  const { rows } = await db.query<Due & Record<string, unknown>>({
    text: `WITH late AS MATERIALIZED (
             SELECT order_id, kind, content_hash, min(at) AS at FROM late_milestones
             GROUP BY order_id, kind, content_hash
             HAVING min(at) <= $2::timestamptz
             ORDER BY min(at) LIMIT $3
           ),
           found AS (
             SELECT e.order_id, kinds.kind
             FROM events e
             CROSS JOIN LATERAL (VALUES ('CREATED', e.event_type = 'ORDER_CREATED'),
                                        ('APPROVED', e.current_status = 'PAID'),
                                        ('HANDED_OVER', e.current_status = 'SHIPPED'),
                                        ('DELIVERED', e.current_status = 'DELIVERED'),
                                        ('CANCELED', e.current_status = 'CANCELED')) AS kinds (kind, applies)
             WHERE e.occurred_at > $1::timestamptz AND e.occurred_at <= $2::timestamptz AND kinds.applies
             UNION
             SELECT order_id, kind FROM late WHERE kind <> 'REVIEWED'
           ),
           reviewed AS (
             SELECT order_id, occurred_at, content_hash, score FROM reviews
             WHERE occurred_at > $1::timestamptz AND occurred_at <= $2::timestamptz
             UNION
             SELECT r.order_id, r.occurred_at, r.content_hash, r.score
             FROM late JOIN reviews r ON r.order_id = late.order_id AND r.occurred_at = late.at
                                     AND r.content_hash = late.content_hash
             WHERE late.kind = 'REVIEWED' AND r.occurred_at >= $4::timestamptz AND r.occurred_at <= $2::timestamptz
           ),
           due AS (
             SELECT order_id, kind, 0::bigint AS content_hash, NULL::timestamptz AS reviewed_at,
                    NULL::smallint AS score
             FROM found
             UNION ALL
             SELECT order_id, 'REVIEWED', content_hash, occurred_at, score FROM reviewed
           )
           SELECT due.*, k.partition_at FROM due LEFT JOIN order_keys k USING (order_id)`,
    values: [
      after,
      slice.end === null ? after : formatIso8601(slice.end),
      slice.end === null ? Math.max(most, 1) : null,
      slice.lateReviewsFrom === null ? 'infinity' : formatIso8601(slice.lateReviewsFrom),
    ],
  });
  return rows;
}
