import { randomBytes } from 'node:crypto';
import type { Consumer, Kafka } from 'kafkajs';
import type { KafkaConfig } from '../../platform/config/kafka.ts';
import { REPLAY_TOPICS, type ReplayTopic } from '../source/source-event.ts';
import { parseMark, REPLAY_HEADER, type ReplayMark, ResumePoint } from './resume-point.ts';

export interface ReadBack {
  point: ResumePoint;
  /** Another run that left records in a partition, if one did. */
  otherRun: string | null;
}

/** Records that are read from the end of a partition first; four times as many each further time. */
const FIRST_STRETCH = 200;
const STRETCH_GROWTH = 4;

/** A broker that gives nothing for so long is asked no more: to guess would mean to publish twice. */
const SILENCE_MS = 60_000;

interface Stretch {
  topic: ReplayTopic;
  topicName: string;
  partition: number;
  low: number;
  /** [from, to) is being read. */
  from: number;
  to: number;
}

/**
 * Finds how far a run came: reads each partition back from its end to the last record of the run, past those of other
 * producers. A partition without one is read to its beginning.
 *
 * @param say told where there is much to read
 * @throws {Error} when the broker is away for longer than kafkajs tries
 */
export async function readBack(
  kafka: Kafka,
  config: KafkaConfig,
  run: string,
  say: (message: string) => void,
): Promise<ReadBack> {
  const admin = kafka.admin();
  await admin.connect();
  const groupId = `${config.groupId}-replay-${randomBytes(4).toString('hex')}`;
  try {
    const stretches: Stretch[] = [];
    for (const topic of REPLAY_TOPICS) {
      const topicName = config.topics[topic];
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topicName)) {
        const [first, end] = [Number(low), Number(high)];
        if (end > first)
          stretches.push(backFrom({ topic, topicName, partition, low: first }, end, FIRST_STRETCH));
      }
    }
    const result: ReadBack = { point: new ResumePoint(), otherRun: null };
    if (stretches.length > 0) await readStretches(kafka, groupId, stretches, run, result, say);
    return result;
  } finally {
    await admin.deleteGroups([groupId]).catch(() => undefined);
    await admin.disconnect();
  }
}

function backFrom(
  place: Pick<Stretch, 'topic' | 'topicName' | 'partition' | 'low'>,
  to: number,
  records: number,
) {
  return { ...place, from: Math.max(place.low, to - records), to };
}

/** One consumer seeks through all partitions; a partition is done when a record of the run, or the beginning, is met. */
async function readStretches(
  kafka: Kafka,
  groupId: string,
  stretches: readonly Stretch[],
  run: string,
  result: ReadBack,
  say: (message: string) => void,
): Promise<void> {
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, retry: { retries: 8 } });
  const open = new Map(stretches.map((stretch) => [`${stretch.topicName} ${stretch.partition}`, stretch]));
  const latest = new Map<string, ReplayMark>();
  let resolveDone: () => void;
  let rejectDone: (error: unknown) => void;
  const done = new Promise<void>((resolve, reject) => {
    resolveDone = resolve;
    rejectDone = reject;
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => rejectDone(payload.error));
  const silence = setTimeout(() => {
    const places = [...open.keys()].join(', ');
    rejectDone(new Error(`Kafka gave no records of ${places} for ${SILENCE_MS / 1_000} s: try again`));
  }, SILENCE_MS);
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...new Set(stretches.map(({ topicName }) => topicName))] });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        const key = `${batch.topic} ${batch.partition}`;
        const stretch = open.get(key);
        if (stretch === undefined) return;
        silence.refresh();
        // Fetched before the seek was: records that somebody else adds meanwhile.
        if (Number(batch.firstOffset()) >= stretch.to) {
          seekTo(consumer, stretch);
          return;
        }
        for (const { offset, headers } of batch.messages) {
          if (Number(offset) < stretch.from || Number(offset) >= stretch.to) continue;
          const mark = markOf(headers?.[REPLAY_HEADER]);
          if (mark?.run === run) latest.set(key, mark);
          else if (mark !== null) result.otherRun = mark.run;
        }
        if (Number(batch.lastOffset()) < stretch.to - 1) return;
        const mark = latest.get(key);
        if (mark !== undefined || stretch.from === stretch.low) {
          if (mark !== undefined) result.point.found(stretch, mark.sequence);
          open.delete(key);
          if (open.size === 0) resolveDone();
          return;
        }
        const next = backFrom(stretch, stretch.from, (stretch.to - stretch.from) * STRETCH_GROWTH);
        say(`looking further back in ${batch.topic} for where the replay was`);
        open.set(key, next);
        seekTo(consumer, next);
      },
    });
    for (const stretch of stretches) seekTo(consumer, stretch);
    await done;
  } finally {
    clearTimeout(silence);
    await consumer.disconnect().catch(() => undefined);
  }
}

function seekTo(consumer: Consumer, { topicName, partition, from }: Stretch): void {
  consumer.seek({ topic: topicName, partition, offset: String(from) });
}

function markOf(header: Buffer | string | (Buffer | string)[] | undefined): ReplayMark | null {
  return header === undefined || Array.isArray(header) ? null : parseMark(header.toString());
}
