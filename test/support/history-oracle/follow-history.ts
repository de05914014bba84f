import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import { DAY, type Micros } from '../../../domain/time/micros.ts';
import { loadConfig } from '../../../platform/config/load.ts';
import type { Database } from '../../../platform/database/database.ts';
import { createFollowers } from '../../../processor/sequence/followers.ts';
import { readHistory } from '../../../replay/read-history.ts';
import { writeReferences } from '../../../replay/references/write-references.ts';
import { MemoryTopics } from '../memory-topics.ts';
import { SequenceStage } from '../sequence/sequence-stage.ts';

/** Longer than a month and any lead time: scores are final, and what was ordered has come. */
const AFTERWARDS = 45 * DAY;

export interface FollowOptions {
  settings: Readonly<Record<string, string>>;
  /** Pieces that each product begins with. */
  openingStock: number;
  /** Events between two watermarks. */
  eventsAtOnce: number;
}

/**
 * Takes the history of a folder through the processor's walk and all its followers, without Kafka.
 *
 * @returns how many events there were, and their first and last moment
 */
export async function followHistory(
  dir: string,
  database: Database,
  { settings, openingStock, eventsAtOnce }: FollowOptions,
): Promise<{ events: number; first: Micros; last: Micros }> {
  const history = await readHistory(dir);
  await writeReferences(database, history.references(), openingStock);
  const { events, total, first, last } = await history.arrange();
  if (first === null || last === null) throw new Error(`there are no events in ${dir}`);
  const now = last + AFTERWARDS;
  const topics = new MemoryTopics(database, settings);
  topics.now = now;
  const partitions = (['orders', 'reviews'] as const).map((topic) => ({ topic, partition: 0 }));
  const stage = new SequenceStage(database, partitions, now, settings);
  await stage.begin();
  const sequencer = stage.sequencer('one', database, () => createFollowers(loadConfig(settings)));

  const followUpTo = async (at: Micros) => {
    const headers = { 'holdfast-watermark': formatIso8601(at) };
    for (const { topic } of partitions) topics.append(topic, null, { headers });
    await topics.settle();
    while (await sequencer.step());
    await topics.settle();
  };
  await followUpTo(first);
  let pending = 0;
  for await (const { topic, at, json } of events) {
    topics.append(topic, Buffer.from(json));
    pending += 1;
    if (pending < eventsAtOnce) continue;
    pending = 0;
    await followUpTo(at);
  }
  await followUpTo(now);
  return { events: total, first, last };
}
