import { type Database, openDatabase } from '../../platform/database/database.ts';
import type { Logger } from '../../platform/logger/logger.ts';

/** How many decisions are made at once; more wait for their turn. */
const CONNECTIONS = 8;

/** How many of them stand ready: making one takes several round trips, and a click has time for one. */
export const WARM_CONNECTIONS = 6;

/**
 * Longest a decision may run in the database, in milliseconds. It ends by itself before its click is given up, so that
 * what nobody got an answer for does not happen later.
 */
const STATEMENT_TIMEOUT_MS = 2000;

/** The connections of those who wait for an answer within seconds; nothing else may be in their way. */
export function openDecisionDatabase(url: string, logger: Logger): Database {
  return openDatabase({
    url,
    poolSize: CONNECTIONS,
    keepOpen: WARM_CONNECTIONS,
    program: 'alertbot-decisions',
    logger,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
}
