import { decodeJsonRecord } from '../../domain/records/decode-record.ts';
import { DEFAULT_INPUT_LIMITS } from '../../domain/records/json-record.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Config } from '../../platform/config/load.ts';
import type { Topic } from '../../platform/config/variables.ts';
import type { Connection } from '../../platform/database/database.ts';
import { horizonOf } from './horizon.ts';
import type { AcceptedRecord, BatchPlace, StoreCounts, TopicHandler } from './topic-handler.ts';

/** An event that is kept as it is. */
export interface Fact {
  occurredAt: Micros;
  producedAt: Micros | null;
}

export interface FactsTopic<Event extends Fact> {
  topic: Topic;
  /** @throws {Rejection} for what is no such event */
  decode(members: Record<string, unknown>, now: Micros): Event;
  /** Adds those that are not known yet. @returns how many were new */
  insert(connection: Connection, events: readonly Event[]): Promise<number>;
}

/**
 * A topic of facts that are kept, each once. Nothing of an order follows from them; what is made of them is read out of
 * the database once event time has passed them, so the topic takes part in event time, and what is late is counted.
 */
export function factsHandler<Event extends Fact>(
  config: Config,
  { topic, decode, insert }: FactsTopic<Event>,
): TopicHandler<Event> {
  const limits = { ...DEFAULT_INPUT_LIMITS, maxBytes: config.maxRecordBytes };

  async function store(
    connection: Connection,
    { now, lateBefore }: BatchPlace,
    records: readonly AcceptedRecord<Event>[],
  ): Promise<StoreCounts> {
    const horizon = horizonOf(config, now);
    const events = records.map(({ event }) => event).filter((event) => event.occurredAt >= horizon);
    const added = await insert(connection, events);
    const late = lateBefore === null ? 0 : events.filter((event) => event.occurredAt < lateBefore).length;
    return {
      duplicates: events.length - added,
      tooLate: records.length - events.length,
      late,
      holdsOpened: {},
    };
  }

  return {
    topic,
    allowedLateness: config.allowedLateness,
    decode: (value, now) => decodeJsonRecord(value, limits, (members) => decode(members, now)),
    occurredAt: (event) => event.occurredAt,
    producedAt: (event) => event.producedAt,
    store,
  };
}
