import { inTransaction } from '../../platform/database/transaction.ts';
import { changeAlerts } from '../sql/change-alerts.ts';
import { type DueTransition, dueTransitions } from '../sql/due-transitions.ts';
import { escalate } from '../sql/escalate.ts';
import { remind } from '../sql/remind.ts';
import type { DeliveryParts } from './parts.ts';

const AT_ONCE = 500;
const ACTIONS: readonly DueTransition['action'][] = ['UNSNOOZE', 'UNACK', 'RETRY_EXPIRED'];

/**
 * Does what time does to alerts: ends snoozes, takes back old acknowledgements, gives up on retries without a result,
 * reminds, escalates. All of it is written with the time it was done at, by compare-and-set, so that a restart repeats
 * nothing and two alertbots do nothing twice.
 */
export async function followUp({ context }: Pick<DeliveryParts, 'context'>): Promise<void> {
  const { database, clock, config } = context;
  const { remindAfter, escalateAfter, unackAfter, retryTimeout } = config.alerting;
  const now = clock.now();
  const times = { now, acknowledgedBefore: now - unackAfter, retriedBefore: now - retryTimeout };
  const due = await dueTransitions(database, times, AT_ONCE);
  for (const action of ACTIONS) {
    const targets = due.filter((one) => one.action === action);
    if (targets.length === 0) continue;
    const change = { action, targets, actor: 'holdfast', actorId: null, source: 'auto' } as const;
    await changeAlerts(database, change, now);
  }
  await inTransaction(database, async (connection) => {
    await escalate(connection, escalateAfter, now);
    await remind(connection, remindAfter, now);
  });
}
