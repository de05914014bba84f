import type { ActionName } from '../../../domain/response/action.ts';
import type { RateEntry } from '../../../domain/response/rate-book.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

interface Row {
  action_id: string;
  at: Micros;
  action: ActionName;
  target: string;
  executed: boolean;
}

/** What counts for limits and cool-downs: decided on within this time of the latest, and taking nothing back. */
export async function loadLatelyDecided(db: Queryable, within: Micros): Promise<RateEntry[]> {
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'load_lately_decided',
    text: `SELECT action_id, coalesce(sent_at, at) AS at, action, target,
                  status IN ('SENT', 'DONE', 'FAILED', 'DRY_RUN', 'UNDONE') AS executed
           FROM actions
           WHERE incident_id IS NOT NULL AND undoes IS NULL
             AND at > (SELECT max(at) FROM actions WHERE receiver IS NOT NULL)
                      - (${micros('$1')} - TIMESTAMPTZ 'epoch')
           ORDER BY at, action_id`,
    values: [within],
  });
  return rows.map((row) => ({
    actionId: row.action_id,
    at: row.at,
    action: row.action,
    target: row.target,
    executed: row.executed,
  }));
}
