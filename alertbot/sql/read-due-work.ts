import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** What there is to do for Slack at this moment. */
export interface DueWork {
  /** Something lies in the in-trays. */
  dispatch: boolean;
  /** A message does not show what it should. */
  refresh: boolean;
  /** Of some message nobody knows whether it is in Slack. */
  reconcile: boolean;
  /** Channels, as configured, with something to post. */
  targets: readonly string[];
}

/** Asked several times a second; see `slack_due_work` in the schema for how it stays cheap. */
export async function readDueWork(db: Queryable, targets: readonly string[], now: Micros): Promise<DueWork> {
  const { rows } = await db.query<DueWork & Record<string, unknown>>({
    name: 'read_slack_due_work',
    text: 'SELECT * FROM slack_due_work($1, $2)',
    values: [targets, formatIso8601(now)],
  });
  return rows[0] as DueWork;
}
