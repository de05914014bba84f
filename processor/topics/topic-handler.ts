import type { Buffer } from 'node:buffer';
import type { DecodedMessage } from '../../domain/records/decode-record.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Topic } from '../../platform/config/variables.ts';
import type { Connection } from '../../platform/database/database.ts';

/** A Kafka record, as far as topics care. */
export interface TopicRecord {
  offset: number;
  /** As Kafka gave it, clamped to [2000, now + 24 h]. */
  timestamp: Micros;
  /** Trace the producer was in, from the `traceparent` header. */
  traceId: string | null;
}

/** A record whose value was understood. */
export interface AcceptedRecord<Event> {
  record: TopicRecord;
  event: Event;
}

/** Where a batch is from and when it is processed. */
export interface BatchPlace {
  topic: Topic;
  epoch: number;
  partition: number;
  now: Micros;
  /** The partition's records were not here before, as far as is known: what looks new may be written without asking. */
  isNewGround: boolean;
  /** The partition's watermark before this batch: what is older is late. Null where nothing can be. */
  lateBefore: Micros | null;
}

/** What storing a batch did, for the metrics. */
export interface StoreCounts {
  /** Events that were known already. */
  duplicates: number;
  tooLate: number;
  /** Facts from before the partition's watermark: what is made of facts in the order of event time may be without them. */
  late?: number;
  holdsOpened: Readonly<Record<string, number>>;
}

/**
 * What is particular to one topic. Everything else (positions, rejected records, raw rows, retries, metrics) is the
 * same for all: see `processor/ingest`.
 */
export interface TopicHandler<Event> {
  topic: Topic;
  /** Messages of Holdfast itself: they leave no raw rows and take no part in latency and watermark. */
  internal?: true;
  /** How late an event may come; set where somebody follows the events, so that the topic takes part in event time. */
  allowedLateness?: Micros;
  /** Most records for one transaction, where that has to be fewer than HOLDFAST_BATCH_SIZE. */
  mostRecords?: number;
  /** Pure. Never throws for bad input. */
  decode(value: Buffer | null, now: Micros): DecodedMessage<Event>;
  /** When it happened, in the data's own time. */
  occurredAt(event: Event): Micros;
  /** When the producer sent it, if it says so. */
  producedAt(event: Event): Micros | null;
  /** Writes the events and all that follows from them, within the batch's transaction. */
  store(
    connection: Connection,
    place: BatchPlace,
    accepted: readonly AcceptedRecord<Event>[],
  ): Promise<StoreCounts>;
}
