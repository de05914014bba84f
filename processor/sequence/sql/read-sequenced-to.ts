import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/** Up to where milestones have been followed. @returns null: none yet */
export async function readSequencedTo(db: Queryable): Promise<Micros | null> {
  const { rows } = await db.query<{ sequenced_to: Micros }>({
    name: 'read_sequenced_to',
    text: 'SELECT sequenced_to FROM sequence_state WHERE isfinite(sequenced_to)',
  });
  return rows[0]?.sequenced_to ?? null;
}
