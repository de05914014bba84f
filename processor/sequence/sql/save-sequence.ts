import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/**
 * Notes how far milestones have been followed, and that this instance goes on doing it. Last statement of a pass.
 *
 * @param leaseSeconds for how long no other instance takes over without being asked
 */
export async function saveSequence(
  db: Queryable,
  state: { sequencedTo: Micros | null; revision: number; instance: string },
  leaseSeconds: number,
): Promise<void> {
  await db.query({
    name: 'save_sequence',
    text: `UPDATE sequence_state
           SET sequenced_to = $1::timestamptz, revision = $2, leader = $3,
               leased_until = clock_timestamp() + INTERVAL '1 second' * $4::float8, updated_at = now()`,
    values: [
      state.sequencedTo === null ? '-infinity' : formatIso8601(state.sequencedTo),
      state.revision,
      state.instance,
      leaseSeconds,
    ],
  });
}
