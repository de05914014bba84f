import { failed, succeeded } from '../../domain/commands/retry-verdict.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { claimSentAction } from '../sql/actions.ts';
import { finishRetry } from './finish-retry.ts';
import type { RetriedRecord } from './retry-header.ts';

/** Records that were sent again have come back: gives their actions the result. Copies of them change nothing more. */
export async function settleRetried(
  connection: Connection,
  retried: readonly RetriedRecord[],
  now: Micros,
): Promise<void> {
  for (const { actionId, rejection } of retried) {
    const open = await claimSentAction(connection, actionId);
    if (open === null) continue;
    const verdict =
      rejection === null
        ? succeeded('RECORD_ACCEPTED', 'the record was accepted')
        : failed('RECORD_REJECTED', `rejected again: ${rejection}`);
    await finishRetry(connection, open, verdict, now);
  }
}
