import type { Queryable } from '../../platform/database/database.ts';
import { sleep } from '../../platform/errors/backoff.ts';
import type { Summary } from '../tally/tally.ts';
import { type Circumstances, type Comparison, compare } from './compare.ts';
import { recordsLeft, waitUntilProcessed } from './processed-offsets.ts';
import { storedCounts } from './stored-counts.ts';

export interface VerifyOptions extends Circumstances {
  database: Queryable;
  /** Begins the run's order_ids. */
  prefix: string;
  sent: Summary;
  endOffsets: ReadonlyMap<number, number>;
  signal: AbortSignal;
  clock(): number;
  say(message: string): void;
}

export interface Verification {
  comparisons: Comparison[];
  /** Records the processor had not stored when waiting ended. */
  left: number;
  ok: boolean;
}

const IDLE_MS = 30_000;
const SECOND_LOOKS = 5;
const SECOND_LOOK_MS = 1_000;

/** Waits for the processor to store all that was sent (or to stand still for 30 s) and compares. */
export async function verify(options: VerifyOptions): Promise<Verification> {
  const { database, prefix, sent, endOffsets, signal, clock, say } = options;
  const left = () => recordsLeft(database, endOffsets);
  const waiting = await left();
  if (waiting > 0) say(`waiting for the processor to store ${waiting.toLocaleString('en-US')} records`);
  const unprocessed = await waitUntilProcessed(left, { idleMs: IDLE_MS, clock, signal });
  if (unprocessed > 0)
    say(`${unprocessed} records are not processed and nothing moves: is the processor running?`);
  for (let look = 1; ; look++) {
    const comparisons = compare(sent, await storedCounts(database, prefix), options);
    const ok = comparisons.every(({ verdict }) => verdict !== 'MISMATCH');
    if (ok || look > SECOND_LOOKS || unprocessed > 0 || signal.aborted)
      return { comparisons, left: unprocessed, ok };
    await sleep(SECOND_LOOK_MS, signal);
  }
}
