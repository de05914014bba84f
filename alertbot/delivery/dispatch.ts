import { randomUUID } from 'node:crypto';
import { HOUR, MINUTE } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { deleteSlackMessages } from '../sql/delete-slack-messages.ts';
import { dispatchRefreshes } from '../sql/dispatch-refreshes.ts';
import { dispatchReplies } from '../sql/dispatch-replies.ts';
import { dropHomelessReplies } from '../sql/drop-homeless-replies.ts';
import { insertSlackMessages } from '../sql/insert-slack-messages.ts';
import { joinSlackGroup } from '../sql/join-slack-group.ts';
import { lockDispatch } from '../sql/lock-dispatch.ts';
import { readNewAlerts } from '../sql/read-new-alerts.ts';
import { readOpenGroups } from '../sql/read-open-groups.ts';
import { readWaitingSingles } from '../sql/read-waiting-singles.ts';
import type { DeliveryParts } from './parts.ts';
import { MOST_MEMBERS, planMessages } from './plan-messages.ts';

const AT_ONCE = 2000;

/** A group takes further alerts for an hour, as long as they come within ten minutes of each other. */
const GROUP_OPEN = HOUR;
const GROUP_QUIET = 10 * MINUTE;

/**
 * Empties the in-trays: new alerts become messages or join a group's, changed ones make their message stale, and what
 * was done to them becomes a post in its thread. One transaction, and one alertbot at a time.
 *
 * @returns whether there is more to do
 */
export async function dispatch(parts: DeliveryParts): Promise<boolean> {
  const now = parts.context.clock.now();
  return inTransaction(parts.context.database, async (connection) => {
    if (!(await lockDispatch(connection))) return false;
    const alerts = await dispatchAlerts(connection, parts);
    const changes = await dispatchRefreshes(connection, AT_ONCE, now);
    const entries = await dispatchReplies(connection, AT_ONCE, now);
    // What found no thread although there is room has none.
    if (entries < AT_ONCE && alerts < AT_ONCE) await dropHomelessReplies(connection);
    return Math.max(alerts, changes, entries) === AT_ONCE;
  });
}

async function dispatchAlerts(connection: Connection, { context }: DeliveryParts): Promise<number> {
  const { channels, groupFrom } = context.config.slack;
  const now = context.clock.now();
  const alerts = await readNewAlerts(connection, AT_ONCE);
  if (alerts.length === 0) return 0;
  const keys = [...new Set(alerts.map(({ groupKey }) => groupKey))].filter((key) => key !== '');
  const limits = { created: now - GROUP_OPEN, joined: now - GROUP_QUIET, members: MOST_MEMBERS };
  const groups = await readOpenGroups(connection, keys, limits);
  const singles = await readWaitingSingles(connection, keys);
  const plan = planMessages({ alerts, groups, singles, channels, groupFrom });
  const messages = plan.messages.map((message) => ({ ...message, key: randomUUID() }));
  await insertSlackMessages(connection, messages, now);
  for (const { messageId, logIds } of plan.joins) await joinSlackGroup(connection, messageId, logIds, now);
  await deleteSlackMessages(connection, plan.absorbed);
  return alerts.length;
}
