import type { ActionResult, ActionStatus } from '../../../domain/response/action.ts';
import type { ActionStanding } from '../../../domain/response/action-desk.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

interface Row {
  action_id: string;
  status: ActionStatus;
  sent_at: Micros | null;
  result: ActionResult | null;
}

/** How the open actions stand, after what people and receivers have made of them. */
export async function loadStandings(db: Queryable): Promise<Map<string, ActionStanding>> {
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'load_standings',
    text: 'SELECT action_id, status, sent_at, result FROM actions WHERE is_open ORDER BY action_id',
  });
  return new Map(
    rows.map(({ action_id, status, sent_at, result }) => [action_id, { status, sentAt: sent_at, result }]),
  );
}
