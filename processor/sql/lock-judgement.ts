import type { Queryable } from '../../platform/database/database.ts';

/** Any number will do, as long as every processor uses the same. */
const JUDGEMENT_LOCK = 4_650_172;

/**
 * Lets one transaction at a time judge holds and stock, until it ends. Taken late, after everything else is written: a
 * burst may be spread over partitions, and two open transactions would each miss the other's half. What is read after
 * this, in a new statement, sees all that was committed before.
 */
export async function lockJudgement(db: Queryable): Promise<void> {
  await db.query({
    name: 'lock_judgement',
    text: 'SELECT pg_advisory_xact_lock($1)',
    values: [JUDGEMENT_LOCK],
  });
}
