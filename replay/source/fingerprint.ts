import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Micros } from '../../domain/time/micros.ts';
import type { SourceAdapter } from '../adapters/adapter.ts';

const RUN_DIGITS = 16;

export interface RunParts {
  adapter: Pick<SourceAdapter, 'name' | 'version' | 'tables'>;
  utcOffset: string;
  from: Micros | null;
  /** Partitions by topic: another number sends orders elsewhere. */
  partitions: Readonly<Record<string, number>>;
}

/**
 * The name of a run: the same for the same files and for the settings that decide which events there are, in which order
 * and where. Where the replay ends and how fast it goes are not among them, so that it may be taken further.
 *
 * @throws {Error} when a file cannot be read
 */
export async function runIdOf(
  dir: string,
  { adapter, utcOffset, from, partitions }: RunParts,
): Promise<string> {
  const hash = createHash('sha256');
  hash.update(
    JSON.stringify([adapter.name, adapter.version, utcOffset, from, Object.entries(partitions).sort()]),
  );
  for (const file of Object.keys(adapter.tables).sort()) {
    hash.update(`\0${file}\0`);
    for await (const chunk of createReadStream(join(dir, file), { highWaterMark: 1024 * 1024 })) {
      hash.update(chunk as Buffer);
    }
  }
  return hash.digest('hex').slice(0, RUN_DIGITS);
}
