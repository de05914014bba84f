import { type Command, decodeCommand } from '../../../domain/commands/decode-command.ts';
import { decodeJsonMessage } from '../../../domain/records/decode-record.ts';
import { DEFAULT_INPUT_LIMITS } from '../../../domain/records/json-record.ts';
import type { Config } from '../../../platform/config/load.ts';
import type { Connection } from '../../../platform/database/database.ts';
import { retryHold } from '../../commands/retry-hold.ts';
import { retryRecord } from '../../commands/retry-record.ts';
import { countByReason } from '../../judge/judge.ts';
import { claimCommand } from '../../sql/actions.ts';
import { lockJudgement } from '../../sql/lock-judgement.ts';
import type { WrittenHold } from '../../sql/upsert-holds.ts';
import type { AcceptedRecord, BatchPlace, StoreCounts, TopicHandler } from '../topic-handler.ts';

/** Each takes some ten statements, and the judgement lock is held meanwhile: a storm of them must not stop the orders. */
const MOST_COMMANDS = 20;

/**
 * Topic `actions`: does again what somebody asked to have done again.
 *
 * @param topics whose rejected records can be sent again
 */
export function actionsHandler(config: Config, topics: readonly string[]): TopicHandler<Command> {
  async function store(
    connection: Connection,
    place: BatchPlace,
    records: readonly AcceptedRecord<Command>[],
  ): Promise<StoreCounts> {
    await lockJudgement(connection);
    const opened: WrittenHold[] = [];
    for (const { event } of records) {
      const command = await claimCommand(connection, event.actionId);
      if (command?.action === 'RETRY_HOLD')
        opened.push(...(await retryHold(connection, command, config.holds, place.now)));
      if (command?.action === 'RETRY_RECORD') await retryRecord(connection, command, topics, place.now);
    }
    return { duplicates: 0, tooLate: 0, holdsOpened: countByReason(opened) };
  }

  return {
    topic: 'actions',
    internal: true,
    mostRecords: MOST_COMMANDS,
    decode: (value, now) =>
      decodeJsonMessage(value, DEFAULT_INPUT_LIMITS, (members) => decodeCommand(members, now)),
    occurredAt: (command) => command.requestedAt,
    producedAt: () => null,
    store,
  };
}
