import type { Database } from '../../platform/database/database.ts';
import type { TopicHandler } from '../../processor/topics/topic-handler.ts';
import type { KafkaRecord, Micros } from './oracle/types.ts';
import { type Halt, halted, Stop, stepped } from './stepped-database.ts';
import { Instances } from './traffic/deliver.ts';

/** Two processors, each with connections of its own. */
export interface TwoProcessors {
  databases: readonly [Database, Database];
  /** As given to `processorDatabase`. */
  programs: readonly [string, string];
  watcher: Database;
  handler: TopicHandler<unknown>;
  now: Micros;
}

/** One batch for each processor; an empty one is left out. */
export type Round = readonly [readonly KafkaRecord[], readonly KafkaRecord[]];

/**
 * Has both processors work on their batch at once, each stopped before the judgement until the other is there as well:
 * both have written, neither can see what the other wrote.
 *
 * @param first which of the two is let on first
 * @param lock false: leaves the judgement lock out, to see what it is good for
 * @returns where each was when the first was let on
 */
export async function overlap(
  processors: TwoProcessors,
  round: Round,
  first: 0 | 1,
  lock = true,
): Promise<Halt[]> {
  const stops = [new Stop(), new Stop()];
  const runs = processors.databases.map((database, i) => {
    const records = round[i] ?? [];
    if (records.length === 0) return Promise.resolve();
    const stopping = stepped(database, async (name) => {
      if (name === 'lock_judgement') await stops[i]?.arrive();
      return name === 'lock_judgement' && !lock ? 'SELECT' : undefined;
    });
    const instances = new Instances(stopping, processors.handler, processors.now);
    const partition = records[0]?.partition ?? 0;
    return instances.deliver({ instance: i, partition, records: [...records] });
  });
  const settled = Promise.allSettled(runs);
  const halts: Halt[] = [];
  for (const [i, run] of runs.entries()) {
    halts.push(await halted(run, stops[i] ?? null, processors.watcher, processors.programs[i] ?? ''));
  }
  stops[first]?.letOn();
  // Without the lock both judge at once; with it the second one has to wait for the first.
  if (lock)
    await halted(
      runs[first] ?? Promise.resolve(),
      null,
      processors.watcher,
      processors.programs[first] ?? '',
    );
  stops[1 - first]?.letOn();
  for (const outcome of await settled) if (outcome.status === 'rejected') throw outcome.reason;
  return halts;
}
