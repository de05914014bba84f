import type { RetryVerdict } from '../../domain/commands/retry-verdict.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { finishAction, type OpenAction } from '../sql/actions.ts';
import { changeAlert } from '../sql/change-alert.ts';
import { insertOutbox } from '../sql/insert-outbox.ts';

/**
 * Gives a claimed action its result: in its alert (and the hold of that), in its row and on topic `actions`.
 *
 * @returns false when the alert has moved on in the meantime: then nothing was changed
 */
export async function finishRetry(
  connection: Connection,
  { actionId, alertId, alertVersion }: OpenAction,
  verdict: RetryVerdict,
  now: Micros,
): Promise<boolean> {
  const changed = await changeAlert(connection, {
    action: verdict.outcome === 'succeeded' ? 'RETRY_SUCCEEDED' : 'RETRY_FAILED',
    alertId,
    version: alertVersion,
    note: verdict.reason,
    now,
  });
  if (!changed) return false;
  await finishAction(connection, actionId, verdict);
  await insertOutbox(connection, [
    {
      topic: 'actions',
      key: actionId,
      value: {
        type: 'result',
        action_id: actionId,
        alert_id: alertId,
        outcome: verdict.outcome,
        code: verdict.code,
        reason: verdict.reason,
      },
    },
  ]);
  return true;
}
