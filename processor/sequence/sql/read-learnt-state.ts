import type { Queryable } from '../../../platform/database/database.ts';

/** What was remembered under a name, by key. */
export async function readLearntState(db: Queryable, name: string): Promise<Map<string, unknown>> {
  const { rows } = await db.query<{ key: string; state: unknown }>({
    name: 'read_learnt_state',
    text: 'SELECT key, state FROM learnt_states WHERE name = $1',
    values: [name],
  });
  return new Map(rows.map(({ key, state }) => [key, state]));
}
