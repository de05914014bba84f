import type { Queryable } from '../../platform/database/database.ts';

/** Puts entries back into the in-tray: there is no room for them in this post. */
export async function releaseEntries(db: Queryable, replyIds: readonly number[]): Promise<void> {
  if (replyIds.length === 0) return;
  await db.query({
    name: 'release_slack_entries',
    text: 'UPDATE slack_replies SET post_id = NULL WHERE reply_id = ANY($1)',
    values: [replyIds],
  });
}
