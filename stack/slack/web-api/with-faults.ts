import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../api-error.ts';
import type { Standin } from '../standin.ts';
import { cut, type Ended, failed, rateLimited, unavailable } from './outcome.ts';

/**
 * Performs a call under the faults that are set for it.
 *
 * @param perform does the call; false: without effect. `null` from `beforehand` lets it go on.
 */
export async function withFaults(
  standin: Standin,
  name: string,
  channel: string | undefined,
  beforehand: () => Ended | null,
  perform: (keep: boolean) => Ended,
): Promise<Ended> {
  const { latencyMs, fault } = standin.faults.take(name, channel);
  if (latencyMs > 0) await sleep(latencyMs, undefined, { signal: standin.stopping }).catch(() => undefined);
  switch (fault?.kind) {
    case 'ratelimited':
      return rateLimited(fault.retry_after ?? 1);
    case 'http':
      return unavailable(fault.status);
    case 'error':
      return failed(new ApiError(fault.error));
    case 'drop_before_store':
      return cut('dropped');
    case 'drop_after_store':
      return cut(`${(beforehand() ?? perform(true)).outcome}, dropped`);
    case 'lose': {
      const ended = beforehand() ?? perform(false);
      return ended.outcome === 'ok' ? { ...ended, outcome: 'lost' } : ended;
    }
    default:
      return beforehand() ?? perform(true);
  }
}
