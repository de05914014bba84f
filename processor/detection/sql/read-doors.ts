import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import { type Micros, SECOND } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import type { StepRange } from './read-measures.ts';

export interface DoorRow {
  /** Start of the step. */
  step: Micros;
  restaurant_id: string;
  /** Whether it is open at the end of the step. */
  is_open: boolean;
}

/** Which restaurants opened or closed in each step, and which of it they did last. Not named, as for `readMeasures`. */
export async function readDoors(db: Queryable, { from, to, step }: StepRange): Promise<DoorRow[]> {
  const { rows } = await db.query<DoorRow & Record<string, unknown>>({
    text: `SELECT DISTINCT ON (1, restaurant_id) time_bucket($3::interval, occurred_at) AS step, restaurant_id,
                  event_type = 'OPEN' AS is_open
           FROM restaurants
           WHERE occurred_at >= $1::timestamptz AND occurred_at < $2::timestamptz AND event_type IN ('OPEN', 'CLOSED')
           ORDER BY 1, restaurant_id, occurred_at DESC, event_type = 'OPEN' DESC`,
    values: [formatIso8601(from), formatIso8601(to), `${step / SECOND} seconds`],
  });
  return rows;
}
