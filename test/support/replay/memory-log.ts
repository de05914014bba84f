import type { OutgoingRecord } from '../../../replay/publish/batch.ts';
import type { ReadBack } from '../../../replay/publish/read-back.ts';
import type { ReplayLog } from '../../../replay/publish/replay-log.ts';
import { parseMark, REPLAY_HEADER, ResumePoint } from '../../../replay/publish/resume-point.ts';

/** What goes wrong with one request: which of its partitions are stored, and what becomes of the process. */
export interface Trouble {
  /** Of the partitions of a request, every so many-th is stored. */
  storedEvery: number;
  kill: boolean;
}

/** A log in memory whose requests fail as those to a broker do: by partition, whole or not at all. */
export class MemoryLog implements ReplayLog {
  readonly partitions = new Map<string, OutgoingRecord[]>();
  /** What happens to the next requests, in their order; null: nothing. */
  readonly #troubles: (Trouble | null)[];
  readonly #kill: () => void;

  constructor(troubles: readonly (Trouble | null)[] = [], kill: () => void = () => undefined) {
    this.#troubles = [...troubles];
    this.#kill = kill;
  }

  /** The same records, for another process. */
  takeOver(from: MemoryLog): void {
    for (const [key, records] of from.partitions) this.partitions.set(key, records);
  }

  async readBack(run: string): Promise<ReadBack> {
    const point = new ResumePoint();
    let otherRun: string | null = null;
    for (const records of this.partitions.values()) {
      for (const record of records.toReversed()) {
        const mark = parseMark(record.headers[REPLAY_HEADER] ?? '');
        if (mark !== null && mark.run !== run) otherRun = mark.run;
        if (mark === null || mark.run !== run) continue;
        point.found(record, mark.sequence);
        break;
      }
    }
    return { point, otherRun };
  }

  async append(records: readonly OutgoingRecord[]): Promise<void> {
    const parts = new Map<string, OutgoingRecord[]>();
    for (const record of records) {
      const key = `${record.topic} ${record.partition}`;
      parts.set(key, [...(parts.get(key) ?? []), record]);
    }
    const trouble = this.#troubles.shift() ?? null;
    let index = 0;
    for (const [key, part] of parts) {
      index++;
      if (trouble !== null && index % trouble.storedEvery !== 0) continue;
      this.partitions.set(key, [...(this.partitions.get(key) ?? []), ...part]);
    }
    if (trouble === null) return;
    if (trouble.kill) this.#kill();
    throw new Error('the connection was lost');
  }
}
