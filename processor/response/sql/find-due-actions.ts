import type { Queryable } from '../../../platform/database/database.ts';

/** Whether there is an approved action, and one that is over and may be waiting for its receiver. */
export async function findDueActions(db: Queryable): Promise<{ approved: boolean; over: boolean }> {
  const { rows } = await db.query<{ approved: boolean; over: boolean }>({
    name: 'find_due_actions',
    text: `SELECT EXISTS (SELECT FROM actions WHERE receiver IS NOT NULL AND status = 'APPROVED') AS approved,
                  EXISTS (SELECT FROM actions
                          WHERE receiver IS NOT NULL AND status = 'SENT' AND over_at IS NOT NULL) AS over`,
  });
  return rows[0] ?? { approved: false, over: false };
}
