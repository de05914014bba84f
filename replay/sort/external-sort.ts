import { codeOf } from '../../platform/errors/classify.ts';
import { type CompareKeys, mergeRuns } from './merge-runs.ts';
import { RunFile, type Sortable } from './run-file.ts';

export interface ExternalSortOptions {
  /** An existing folder with room for all that is sorted. */
  dir: string;
  compare: CompareKeys;
  /** Characters that are held in memory before a sorted run goes to disk. */
  runCharacters?: number;
  /** So many runs are merged at once. Every run that is open costs a buffer of 64 KiB and a file descriptor. */
  width?: number;
}

const DEFAULT_RUN_CHARACTERS = 16 * 1024 * 1024;
const DEFAULT_WIDTH = 32;
/** What an entry costs besides its characters. */
const ENTRY_CHARACTERS = 64;

/**
 * Sorts more than memory holds: sorted runs on disk, merged at the end. Stable. What fits into one run never touches
 * the disk.
 */
export class ExternalSort {
  readonly #options: Required<ExternalSortOptions>;
  #entries: Sortable[] = [];
  #characters = 0;
  #runs: RunFile[] = [];

  constructor(options: ExternalSortOptions) {
    this.#options = { runCharacters: DEFAULT_RUN_CHARACTERS, width: DEFAULT_WIDTH, ...options };
  }

  /** @returns a promise, to be awaited before the next call, only where a run goes to disk */
  add(key: string, text: string): Promise<void> | undefined {
    this.#entries.push({ key, text });
    this.#characters += key.length + text.length + ENTRY_CHARACTERS;
    return this.#characters >= this.#options.runCharacters ? this.#spill() : undefined;
  }

  /**
   * Everything added, in order; to be asked for once. What is on disk goes with the last entry, or when the caller stops
   * early.
   *
   * @throws {Error} when the disk is full or away
   */
  async *sorted(): AsyncGenerator<Sortable, void, undefined> {
    try {
      if (this.#runs.length === 0) {
        yield* this.#sortedEntries();
        return;
      }
      await this.#spill();
      for (const run of this.#runs) await run.rewind();
      yield* mergeRuns(this.#runs, this.#options.compare);
    } finally {
      await this.close();
    }
  }

  /** Forgets everything. Needed only where `sorted` is never asked for. */
  async close(): Promise<void> {
    const runs = this.#runs;
    this.#runs = [];
    this.#entries = [];
    for (const run of runs) await run.close();
  }

  #sortedEntries(): Sortable[] {
    const { compare } = this.#options;
    const entries = this.#entries.sort((a, b) => compare(a.key, b.key));
    this.#entries = [];
    this.#characters = 0;
    return entries;
  }

  async #spill(): Promise<void> {
    if (this.#entries.length === 0) return;
    const { dir } = this.#options;
    try {
      const run = await RunFile.create(dir);
      this.#runs.push(run);
      for (const entry of this.#sortedEntries()) await run.append(entry);
      if (this.#runs.length >= this.#options.width) await this.#mergeAll();
    } catch (error) {
      if (codeOf(error) !== 'ENOSPC') throw error;
      throw new Error(`there is no room left in ${dir} for sorting`, { cause: error });
    }
  }

  /** Makes one run of all, so that their number stays bounded. */
  async #mergeAll(): Promise<void> {
    const runs = this.#runs;
    const merged = await RunFile.create(this.#options.dir);
    for (const run of runs) await run.rewind();
    for await (const entry of mergeRuns(runs, this.#options.compare)) await merged.append(entry);
    this.#runs = [merged];
    for (const run of runs) await run.close();
  }
}
