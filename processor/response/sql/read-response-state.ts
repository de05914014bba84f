import type { DeskState } from '../../../domain/response/action-desk.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/** Null: nothing was ever decided. */
export async function readResponseState(db: Queryable): Promise<DeskState | null> {
  const { rows } = await db.query<{ state: DeskState }>({
    name: 'read_response_state',
    text: 'SELECT state FROM response_state',
  });
  return rows[0]?.state ?? null;
}
