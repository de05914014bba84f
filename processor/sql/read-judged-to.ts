import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

export interface JudgedTo {
  /** Orders that were paid up to this moment have been judged. Before the first time: what lies before all events. */
  paidTo: Micros | null;
  /** Null before the first time. */
  lateAfter: Micros | null;
}

/** Up to when paid orders have been judged, and by which limit. `paidTo` is null where there are no events at all. */
export async function readJudgedTo(db: Queryable): Promise<JudgedTo> {
  const { rows } = await db.query<{ paid_to: Micros | null; late_after: number | null }>({
    name: 'read_judged_to',
    text: `SELECT coalesce(paid_to, (SELECT min(occurred_at) - INTERVAL '1 microsecond' FROM events)) AS paid_to,
                  (extract(epoch FROM late_after) * 1000000)::bigint AS late_after
           FROM (VALUES (true)) AS one (only_row) LEFT JOIN orders_in_time_state USING (only_row)`,
  });
  const [row] = rows;
  return { paidTo: row?.paid_to ?? null, lateAfter: row?.late_after ?? null };
}
