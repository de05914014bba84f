import type { Database } from '../../platform/database/database.ts';
import type { Micros } from './oracle/types.ts';

export type AlertStatus = 'OPEN' | 'ACK' | 'RETRY_REQUESTED' | 'RESOLVED';

export interface StoredAlert {
  alert_id: number;
  hold_id: number | null;
  status: AlertStatus;
  version: number;
  opened_at: Micros;
  status_since: Micros;
}

export async function storedAlerts(database: Database): Promise<StoredAlert[]> {
  const { rows } = await database.query<StoredAlert>(
    `SELECT alert_id, hold_id, status, version, opened_at, status_since FROM alerts ORDER BY alert_id`,
  );
  return rows;
}

/** What an alert may become next. */
export const NEXT: Readonly<Record<AlertStatus, readonly AlertStatus[]>> = {
  OPEN: ['ACK', 'RETRY_REQUESTED', 'RESOLVED'],
  ACK: ['RETRY_REQUESTED', 'RESOLVED'],
  RETRY_REQUESTED: ['OPEN', 'RESOLVED'],
  RESOLVED: [],
};

/**
 * A transition as operators make them: compare-and-set on status and version, with its row in the audit; what resolves
 * the alert of a hold releases the hold.
 *
 * @returns false when somebody else was first
 */
export async function transition(
  database: Database,
  alert: StoredAlert,
  status: AlertStatus,
  at: Micros,
): Promise<boolean> {
  const { rowCount } = await database.query(
    `WITH moved AS (
       UPDATE alerts SET status = $4, previous_status = status, status_since = to_timestamp($5::float8 / 1e6),
                         version = version + 1, ops_operator = 'kim', updated_at = now()
       WHERE alert_id = $1 AND status = $2 AND version = $3 RETURNING alert_id, hold_id
     ),
     released AS (
       UPDATE holds SET status = 'CLEARED', closed_at = to_timestamp($5::float8 / 1e6), ops_status = 'RESOLVED',
                        ops_operator = 'kim', ops_updated_at = now()
       FROM moved WHERE holds.hold_id = moved.hold_id AND $4 = 'RESOLVED' AND holds.status = 'OPEN'
     )
     INSERT INTO alert_actions (at, alert_id, action, actor, source, status_before, status_after)
     SELECT to_timestamp($5::float8 / 1e6), alert_id, $4, 'kim', 'slack', $2, $4 FROM moved`,
    [alert.alert_id, alert.status, alert.version, status, at],
  );
  return rowCount === 1;
}
