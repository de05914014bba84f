import { decodeDecision } from '../../../domain/decisions/decode-decision.ts';
import type { HoldDecision } from '../../../domain/decisions/hold-decision.ts';
import { decodeJsonMessage } from '../../../domain/records/decode-record.ts';
import { DEFAULT_INPUT_LIMITS } from '../../../domain/records/json-record.ts';
import type { Config } from '../../../platform/config/load.ts';
import type { Connection } from '../../../platform/database/database.ts';
import { judgeDecisions } from '../../judge/judge-decisions.ts';
import { insertDecisionEvents } from '../../sql/insert-decision-events.ts';
import { horizonOf } from '../horizon.ts';
import { loadAndFold, writeFolded } from '../orders/fold-into-orders.ts';
import type { AcceptedRecord, BatchPlace, StoreCounts, TopicHandler } from '../topic-handler.ts';

/**
 * Topic `holds`, which Holdfast writes itself: what somebody decided on a hold becomes an event of its order. That a
 * hold was opened is for others to read.
 */
export function holdsHandler(config: Config): TopicHandler<HoldDecision> {
  async function store(
    connection: Connection,
    place: BatchPlace,
    records: readonly AcceptedRecord<HoldDecision>[],
  ): Promise<StoreCounts> {
    const horizon = horizonOf(config, place.now);
    const accepted = records.filter(({ event: { event } }) => event.occurredAt >= horizon);
    const tooLate = records.length - accepted.length;
    if (accepted.length === 0) return { duplicates: 0, tooLate, holdsOpened: {} };

    const events = accepted.map(({ event: { event }, record }) => ({ event, record }));
    // This topic takes no part in event time, which may have passed any decision.
    const anyTime = { ...place, lateBefore: Number.POSITIVE_INFINITY };
    const batch = await loadAndFold(connection, anyTime, events, config.lateAfter);
    const fresh = await insertDecisionEvents(connection, place, accepted);
    await writeFolded(connection, batch);
    const decisions = accepted.map(({ event }) => event);
    const holdsOpened = await judgeDecisions(connection, { batch, decisions, fresh });
    return { duplicates: accepted.length - fresh.size, tooLate, holdsOpened };
  }

  return {
    topic: 'holds',
    internal: true,
    // Not the limit of outside records: a decision must not get lost because somebody lowered that.
    decode: (value, now) =>
      decodeJsonMessage(value, DEFAULT_INPUT_LIMITS, (members) => decodeDecision(members, now)),
    occurredAt: ({ event }) => event.occurredAt,
    producedAt: () => null,
    store,
  };
}
