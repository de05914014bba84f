import type { Queryable } from '../../platform/database/database.ts';

/** What waits for the fallback channel, which takes nothing, waits for its own channel again. */
export async function sendGuestsHome(db: Queryable, fallback: string): Promise<number> {
  const { rowCount } = await db.query({
    name: 'send_slack_guests_home',
    text: `UPDATE slack_messages SET target = home
           WHERE target = $1 AND home <> $1 AND state = 'pending' AND parent_id IS NULL`,
    values: [fallback],
  });
  return rowCount ?? 0;
}
