import type { ActionRow } from '../../domain/response/action.ts';
import { webhookOf } from '../../domain/response/new-action.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { insertWebhooks } from '../webhooks/sql/insert-webhooks.ts';
import { insertActions } from './sql/insert-actions.ts';

/**
 * Keeps new actions, and for those that are SENT what is to be sent, in the caller's transaction. Of an action whose id
 * is known already nothing is kept: it is sent once, however often it is decided on.
 *
 * @returns ids of those that were new
 */
export async function keepActions(
  db: Queryable,
  actions: readonly { row: ActionRow; isOpen: boolean }[],
): Promise<Set<string>> {
  const added = await insertActions(db, actions);
  const sent = actions.filter(({ row }) => row.status === 'SENT' && added.has(row.actionId));
  await insertWebhooks(
    db,
    sent.map(({ row }) => webhookOf(row)),
  );
  return added;
}
