import type pg from 'pg';
import { codeOf } from '../../platform/errors/classify.ts';

/** An operator releases the hold of one order, in a session of their own. */
export interface Decision {
  holdId: number;
  alertId: number;
  /** ISO 8601. */
  at: string;
  /** Which row the decision takes first; programs differ, and so do the deadlocks. */
  first: 'hold' | 'alert';
}

export type Outcome = 'decided' | 'too late' | 'undone';

const CLEAR_HOLD = `
  UPDATE holds SET status = 'CLEARED', closed_at = $2, ops_status = 'RESOLVED', ops_operator = 'kim',
                   ops_note = 'known customer', ops_updated_at = now()
  WHERE hold_id = $1 AND status = 'OPEN'`;

const RESOLVE_ALERT = `
  UPDATE alerts SET status = 'RESOLVED', previous_status = status, status_since = $2, version = version + 1,
                    ops_operator = 'kim', ops_note = 'known customer', updated_at = now()
  WHERE alert_id = $1 AND status = 'OPEN' AND version = 0`;

/** Released when something is not as it was when the operator looked. */
class TooLate extends Error {}

/**
 * Takes the decision in one transaction; again, when it was the victim of a deadlock.
 *
 * @param halfWay awaited between the two updates
 * @param undo rolls back at the end, after `halfWay`
 */
export async function decide(
  pool: pg.Pool,
  decision: Decision,
  halfWay: () => Promise<void> = async () => undefined,
  undo = false,
): Promise<Outcome> {
  const updates: [string, number][] = [
    [CLEAR_HOLD, decision.holdId],
    [RESOLVE_ALERT, decision.alertId],
  ];
  if (decision.first === 'alert') updates.reverse();
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    for (const [i, [text, id]] of updates.entries()) {
      if (i === 1 && !undo) await halfWay();
      const { rowCount } = await client.query(text, [id, decision.at]);
      if (rowCount === 0) throw new TooLate();
    }
    if (undo) {
      await halfWay();
      await client.query('ROLLBACK');
      return 'undone';
    }
    await client.query(
      `INSERT INTO alert_actions (alert_id, action, actor, source, status_before, status_after, note)
       VALUES ($1, 'RESOLVE', 'kim', 'slack', 'OPEN', 'RESOLVED', 'known customer')`,
      [decision.alertId],
    );
    await client.query('COMMIT');
    return 'decided';
  } catch (error) {
    await client.query('ROLLBACK');
    if (error instanceof TooLate) return 'too late';
    if (codeOf(error) === '40P01') return await decide(pool, decision, undefined, undo);
    throw error;
  } finally {
    client.release();
  }
}
