import type { Micros } from '../../domain/time/micros.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Connection, Database, Queryable } from '../../platform/database/database.ts';
import { classifyError, codeOf } from '../../platform/errors/classify.ts';
import type { Logger } from '../../platform/logger/logger.ts';
import type { ChangedAlert } from '../sql/change-alerts.ts';
import { borrowConnection } from './borrow-connection.ts';
import type { Deadline } from './deadline.ts';

/**
 * What became of a request to change alerts, or to decide on an action.
 *
 * - `changed`: committed; each target says what became of it.
 * - `replayed`: the same signed request was there before. Nothing has changed.
 * - `away`: the database could not be asked, or gave up. Nothing has changed.
 * - `unanswered`: it was asked and has not answered in time. It may have done it.
 */
export type Decision<T = ChangedAlert> =
  | { kind: 'changed'; alerts: readonly T[] }
  | { kind: 'replayed' }
  | { kind: 'away' }
  | { kind: 'unanswered' };

/** The one statement that decides; null: replayed. */
export type Statement<T = ChangedAlert> = (
  db: Queryable,
  now: Micros,
  options: { timeoutMs: number; signed: boolean },
) => Promise<T[] | null>;

export interface Decider {
  decisions: Database;
  clock: Clock;
  logger: Logger;
}

/** With less than this left, asking again could only end in not knowing. Milliseconds. */
const WORTH_ASKING_MS = 50;

/**
 * Asks the database once, and again after a clash or a lost connection while there is time. A statement whose
 * connection was lost may have been committed; asking again with the same idempotency key then tells so.
 *
 * @throws what is no matter of availability: a fault of ours, or data the database refuses
 */
export async function decide<T>(
  decider: Decider,
  statement: Statement<T>,
  deadline: Deadline,
): Promise<Decision<T>> {
  let asked = false;
  let signed = true;
  while (deadline.remainingMs() > WORTH_ASKING_MS) {
    const attempt = await ask(decider, statement, deadline, signed);
    if (attempt.kind === 'changed') return attempt;
    if (attempt.kind === 'replayed') {
      if (!asked) return attempt;
      // It was this request that left the signature, just before its connection was lost.
      signed = false;
    } else if (attempt.kind === 'unanswered') {
      asked = true;
    } else if (attempt.kind === 'away') {
      return asked ? { kind: 'unanswered' } : attempt;
    }
  }
  return { kind: asked ? 'unanswered' : 'away' };
}

type Attempt<T> = Decision<T> | { kind: 'conflict' };

async function ask<T>(
  { decisions, clock, logger }: Decider,
  statement: Statement<T>,
  deadline: Deadline,
  signed: boolean,
): Promise<Attempt<T>> {
  let connection: Connection | null;
  try {
    connection = await borrowConnection(decisions, deadline.remainingMs());
  } catch (error) {
    logger.warn({ err: error }, 'no connection for a decision');
    return { kind: 'away' };
  }
  if (connection === null || deadline.remainingMs() <= WORTH_ASKING_MS) {
    connection?.release();
    logger.warn('no connection for a decision in time');
    return { kind: 'away' };
  }
  // A connection that is lost while it is borrowed says so by an event, and one that nobody listens to ends the process.
  const onLost = () => undefined;
  connection.on('error', onLost);
  let broken: Error | undefined;
  try {
    const alerts = await statement(connection, clock.now(), { timeoutMs: deadline.remainingMs(), signed });
    return alerts === null ? { kind: 'replayed' } : { kind: 'changed', alerts };
  } catch (error) {
    logger.warn({ err: error }, 'a decision failed');
    const meaning = classifyError(error);
    if (meaning === 'conflict') return { kind: 'conflict' };
    if (meaning !== 'unavailable') throw error;
    broken = error instanceof Error ? error : new Error(String(error));
    // An SQLSTATE is the server's own word that it rolled back. Without one, nobody knows.
    return { kind: isSqlState(codeOf(error)) ? 'away' : 'unanswered' };
  } finally {
    connection.off('error', onLost);
    connection.release(broken);
  }
}

function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && code !== 'EPIPE';
}
