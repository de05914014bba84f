import type { Queryable } from '../../platform/database/database.ts';

/** What waits for one channel waits for another one. Posts in threads stay: they belong where their message is. */
export async function retargetPending(db: Queryable, from: string, to: string): Promise<number> {
  const { rowCount } = await db.query({
    name: 'retarget_pending_slack_messages',
    text: `UPDATE slack_messages SET target = $2 WHERE target = $1 AND state = 'pending' AND parent_id IS NULL`,
    values: [from, to],
  });
  return rowCount ?? 0;
}
