import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/** How far the milestones of orders have been followed; null: none has. */
export async function eventTime(db: Queryable): Promise<Micros | null> {
  const { rows } = await db.query<{ at: Micros | null }>({
    name: 'event_time',
    text: `SELECT CASE WHEN isfinite(sequenced_to) THEN sequenced_to END AS at FROM sequence_state`,
  });
  return rows[0]?.at ?? null;
}
