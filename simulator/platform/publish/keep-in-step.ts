import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { sleep } from '../../../platform/errors/backoff.ts';
import { readReaction } from '../sql/read-reaction.ts';

const POLL_MS = 100;
/** A processor that runs follows within seconds. */
const PATIENCE_MS = 30_000;

export interface InStepOptions {
  database: Queryable;
  signal: AbortSignal;
  /** A real clock that never goes back, in milliseconds. */
  realNow(): number;
  say(message: string): void;
}

/** Waits until the processor has followed everything before `at`, and has sent what it decided. */
export async function keepInStep(
  at: Micros,
  { database, signal, realNow, say }: InStepOptions,
): Promise<void> {
  let told: { at: number; sequencedTo: Micros | null } = { at: realNow(), sequencedTo: null };
  while (!signal.aborted) {
    const { sequencedTo, unsent } = await readReaction(database);
    // What is followed ends just before a watermark.
    if (sequencedTo !== null && sequencedTo >= at - 1 && !unsent) return;
    if (realNow() - told.at > PATIENCE_MS) {
      const stands = sequencedTo === told.sequencedTo;
      told = { at: realNow(), sequencedTo };
      const where = sequencedTo === null ? 'has followed nothing yet' : `is at ${formatIso8601(sequencedTo)}`;
      const what = unsent ? 'has actions that it does not send' : where;
      const question = stands ? ': is it running, on this database and these topics?' : '';
      say(`waiting for the processor, which ${what}${question}`);
    }
    await sleep(POLL_MS, signal);
  }
}
