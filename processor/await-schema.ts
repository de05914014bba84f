import { sleep } from '../platform/errors/backoff.ts';
import { missingSchema } from '../platform/migrate/schema-needed.ts';
import type { ProcessorContext } from './context.ts';
import { reachable } from './lag/reachable.ts';

const LOOK_AGAIN_MS = 2000;

/**
 * Waits until the database has the schema that this build needs, however long; readiness says what is missing.
 *
 * @returns false when the signal fired first
 */
export async function awaitSchema(
  context: Pick<ProcessorContext, 'database' | 'health' | 'logger'>,
  signal: AbortSignal,
): Promise<boolean> {
  for (let said: string | null = null; !signal.aborted; ) {
    const missing = await reachable(context, 'database', async () => ({
      problem: await missingSchema(context.database),
    }));
    if (signal.aborted) return false;
    if (missing !== null) {
      context.health.report('schema', missing.problem);
      if (missing.problem === null) return true;
      if (missing.problem !== said) context.logger.error(missing.problem);
      said = missing.problem;
    }
    await sleep(LOOK_AGAIN_MS, signal);
  }
  return false;
}
