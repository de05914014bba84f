import type { DeskState } from '../../../domain/response/action-desk.ts';
import type { Queryable } from '../../../platform/database/database.ts';

export async function saveResponseState(db: Queryable, state: DeskState): Promise<void> {
  await db.query({
    name: 'save_response_state',
    text: `INSERT INTO response_state (state) VALUES ($1::jsonb)
           ON CONFLICT (only_row) DO UPDATE SET state = excluded.state`,
    values: [JSON.stringify(state)],
  });
}
