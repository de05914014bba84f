import { failed, type RetryVerdict } from '../../domain/commands/retry-verdict.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { claimSentAction, markSent, type OpenCommand } from '../sql/actions.ts';
import { sendRecordAgain } from '../sql/send-record-again.ts';
import { finishRetry } from './finish-retry.ts';

type RecordCommand = Extract<OpenCommand, { action: 'RETRY_RECORD' }>;

/**
 * Sends a rejected record again, as it came, to the topic it came from. The result follows when it has come back.
 *
 * @param topics those that are consumed here: from another one nothing would come back
 */
export async function retryRecord(
  connection: Connection,
  command: RecordCommand,
  topics: readonly string[],
  now: Micros,
): Promise<void> {
  const record = await sendRecordAgain(connection, command.logId, command.actionId, topics);
  const obstacle = obstacleTo(record, topics);
  if (obstacle === null) await markSent(connection, command.actionId);
  else await finishRetry(connection, command, obstacle, now);
}

function obstacleTo(
  record: { topic: string; hasValue: boolean } | null,
  topics: readonly string[],
): RetryVerdict | null {
  if (record === null) return failed('RECORD_EMPTY', 'the record is not kept any more');
  if (!record.hasValue)
    return failed('RECORD_EMPTY', 'the record has no value: there is nothing to send again');
  if (topics.includes(record.topic)) return null;
  return failed('TOPIC_UNKNOWN', `topic ${record.topic} is not read here`, { topic: record.topic });
}

/** Kafka does not take the record: its action has failed. */
export async function failSending(
  connection: Connection,
  actionId: string,
  reason: string,
  now: Micros,
): Promise<void> {
  const open = await claimSentAction(connection, actionId);
  if (open === null) return;
  await finishRetry(connection, open, failed('RECORD_REFUSED', `Kafka refuses the record: ${reason}`), now);
}
