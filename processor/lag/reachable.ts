import { explainDatabaseTrouble } from '../../platform/database/explain-trouble.ts';
import { messageOf } from '../../platform/errors/classify.ts';
import type { ProcessorContext } from '../context.ts';

/**
 * Does some work with a service. Readiness follows: a service that cannot be reached is named there until it can.
 *
 * @returns null when it could not be reached
 */
export async function reachable<T>(
  context: Pick<ProcessorContext, 'health' | 'logger'>,
  service: string,
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    const result = await work();
    context.health.report(service, null);
    return result;
  } catch (error) {
    context.health.report(service, service === 'database' ? explainDatabaseTrouble(error) : messageOf(error));
    context.logger.debug({ err: error, service }, 'not reachable');
    return null;
  }
}
