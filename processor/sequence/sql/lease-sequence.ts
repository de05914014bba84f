import type { Queryable } from '../../../platform/database/database.ts';

/** Says that this instance still follows, when there has been nothing to follow; 0 seconds: that it does no longer. */
export async function leaseSequence(db: Queryable, instance: string, seconds: number): Promise<void> {
  await db.query({
    name: 'lease_sequence',
    text: `UPDATE sequence_state SET leased_until = clock_timestamp() + INTERVAL '1 second' * $2::float8
           WHERE leader = $1`,
    values: [instance, seconds],
  });
}
