import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/** Up to where some `most` of the rows lie, all of an instant or none; null where there are fewer. */
function endOf(table: string): string {
  return `(SELECT CASE WHEN next.at > first.at THEN next.at - INTERVAL '1 microsecond' ELSE next.at END
           FROM (SELECT occurred_at AS at FROM ${table} WHERE occurred_at > $1::timestamptz AND occurred_at <= $2::timestamptz
                 ORDER BY occurred_at LIMIT 1) AS first,
                (SELECT occurred_at AS at FROM ${table} WHERE occurred_at > $1::timestamptz AND occurred_at <= $2::timestamptz
                 ORDER BY occurred_at OFFSET $3::integer LIMIT 1) AS next)`;
}

export interface Slice {
  /** Null: the slice is of late milestones alone, and event time stays where it is. */
  end: Micros | null;
  /** The earliest of the late reviews up to there, as far as they are known; null: there are none. */
  lateReviewsFrom: Micros | null;
}

/**
 * Where to end a slice of milestones after `from`: at `to`, or earlier when more than some `most` events or reviews lie
 * between. Never within an instant, so a slice may be longer than that when so much happened at once. Where more than
 * that have been passed already, they are a slice of their own.
 * Not a named statement, as for `findDue`.
 *
 * @param most 0: the slice is the first instant at which there is something, or late ones alone
 * @param from null: from the beginning
 */
export async function findSliceEnd(
  db: Queryable,
  from: Micros | null,
  to: Micros,
  most: number,
): Promise<Slice> {
  const { rows } = await db.query<{ slice_end: Micros; late: number; late_reviews_from: Micros | null }>({
    text: `SELECT least(${endOf('events')}, ${endOf('reviews')}, $2::timestamptz) AS slice_end,
                  (SELECT count(*) FROM (SELECT FROM late_milestones WHERE at <= $1::timestamptz LIMIT $3::integer + 1) AS due)
                    AS late,
                  (SELECT min(at) FROM late_milestones WHERE kind = 'REVIEWED' AND at <= $2::timestamptz)
                    AS late_reviews_from`,
    values: [from === null ? '-infinity' : formatIso8601(from), formatIso8601(to), most],
  });
  const row = rows[0];
  if (row === undefined) throw new Error('the end of a slice was not found');
  return { end: row.late > most ? null : row.slice_end, lateReviewsFrom: row.late_reviews_from };
}
