import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

export interface LockedSequence {
  /** Null: nothing has been followed yet. */
  sequencedTo: Micros | null;
  revision: number;
}

/**
 * Locks the row of `sequence_state` until the transaction ends. First statement of a pass.
 *
 * @returns null when another instance holds it, or has a lease on it
 */
export async function lockSequence(db: Queryable, instance: string): Promise<LockedSequence | null> {
  const { rows } = await db.query<{ sequenced_to: Micros | null; revision: number }>({
    name: 'lock_sequence',
    text: `SELECT CASE WHEN isfinite(sequenced_to) THEN sequenced_to END AS sequenced_to, revision
           FROM sequence_state WHERE leader IS NOT DISTINCT FROM $1 OR leased_until <= now()
           FOR UPDATE SKIP LOCKED`,
    values: [instance],
  });
  const row = rows[0];
  return row === undefined ? null : { sequencedTo: row.sequenced_to, revision: row.revision };
}
