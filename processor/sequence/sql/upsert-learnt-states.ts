import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

/**
 * Remembers values under a name, each under its key, in place of what was there.
 *
 * @param at event time
 */
export async function upsertLearntStates(
  db: Queryable,
  {
    name,
    states,
    at,
  }: { name: string; states: readonly (readonly [key: string, json: string])[]; at: Micros },
): Promise<void> {
  if (states.length === 0) return;
  await db.query({
    name: 'upsert_learnt_states',
    text: `INSERT INTO learnt_states (name, key, state, updated_at)
           SELECT $1, s.key, s.state::jsonb, ${micros('$4::text')}
           FROM unnest($2::text[], $3::text[]) AS s (key, state) ORDER BY s.key
           ON CONFLICT (name, key) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at`,
    values: [name, states.map(([key]) => key), states.map(([, json]) => json), at],
  });
}
