import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

export interface Reaction {
  /** Event time up to which the processor has followed, and judged all steps that are over; null: it has followed nothing. */
  sequencedTo: Micros | null;
  /** Actions that it has decided on and not tried to send. */
  unsent: boolean;
}

const STATEMENT = `
  SELECT least((SELECT max(sequenced_to) FROM sequence_state WHERE isfinite(sequenced_to)),
               -- Just before the end of the step that is judged next: detection may be hours behind after a long history.
               (SELECT observed_to + step - INTERVAL '2 microseconds' FROM detection_progress)) AS sequenced_to,
         EXISTS (SELECT FROM webhook_outbox
                 WHERE state = 'pending' AND attempts = 0 AND kind LIKE 'action.%') AS unsent`;

/** How far the processor is, and whether all that it decided has been sent once. */
export async function readReaction(database: Queryable): Promise<Reaction> {
  const { rows } = await database.query<{ sequenced_to: Micros | null; unsent: boolean }>({
    text: STATEMENT,
  });
  return { sequencedTo: rows[0]?.sequenced_to ?? null, unsent: rows[0]?.unsent ?? false };
}
