import type { Queryable } from '../../../platform/database/database.ts';

/** Whether a step is over, as far as milestones have been followed, that has not been judged. */
export async function isDetectionBehind(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ is_behind: boolean }>({
    name: 'is_detection_behind',
    text: `SELECT EXISTS (SELECT FROM detection_progress p CROSS JOIN sequence_state s
                          WHERE p.observed_to + p.step <= s.sequenced_to + INTERVAL '1 microsecond') AS is_behind`,
  });
  return rows[0]?.is_behind ?? false;
}
