import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import { REPLAY_TOPICS, type ReplayTopic, type SequencedEvent } from '../source/source-event.ts';
import { formatMark, REPLAY_HEADER, type TopicPartition } from './resume-point.ts';

export const WATERMARK_HEADER = 'holdfast-watermark';

/** A record to be stored in a partition of its own choice. */
export interface OutgoingRecord {
  topic: ReplayTopic;
  partition: number;
  /** Of the last event of the run up to here. */
  sequence: number;
  /** Null: a watermark. */
  key: string | null;
  value: string | null;
  headers: Readonly<Record<string, string>>;
}

export function eventRecord(run: string, event: SequencedEvent, partition: number): OutgoingRecord {
  const { topic, sequence, orderId, json } = event;
  return {
    topic,
    partition,
    sequence,
    key: orderId,
    value: json,
    headers: { [REPLAY_HEADER]: formatMark({ run, sequence }) },
  };
}

/**
 * What tells every partition how far event time has come: nothing older than `at` follows there. `end` hands the
 * partitions back to the ordinary rule, which is for producers that say nothing of the kind.
 *
 * @param sequenceOf the last event of the run that a partition has before it, or has passed
 */
export function watermarkRecords(
  run: string,
  at: Micros | 'end',
  sequenceOf: (place: TopicPartition) => number,
  partitions: Readonly<Record<ReplayTopic, number>>,
): OutgoingRecord[] {
  const said = at === 'end' ? 'end' : formatIso8601(at);
  return REPLAY_TOPICS.flatMap((topic) =>
    Array.from({ length: partitions[topic] }, (_, partition) => {
      const sequence = sequenceOf({ topic, partition });
      const headers = { [WATERMARK_HEADER]: said, [REPLAY_HEADER]: formatMark({ run, sequence }) };
      return { topic, partition, sequence, key: null, value: null, headers };
    }),
  );
}
