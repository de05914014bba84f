import { expect } from 'vitest';
import type { Database } from '../../platform/database/database.ts';

/** What the deltas of holds and alerts have to add up to, minute by minute, worked out from the rows themselves. */
const EXPECTED = `
  SELECT date_trunc('minute', opened_at) AS at, 'hold_opened' AS kind, 1 AS delta FROM holds
  UNION ALL SELECT date_trunc('minute', opened_at), 'hold_open', 1 FROM holds
  UNION ALL SELECT date_trunc('minute', closed_at), 'hold_open', -1 FROM holds WHERE closed_at IS NOT NULL
  UNION ALL SELECT date_trunc('minute', opened_at), 'alert_open', 1 FROM alerts
  UNION ALL SELECT date_trunc('minute', status_since), 'alert_open', -1 FROM alerts WHERE previous_status IS NOT NULL
  UNION ALL SELECT date_trunc('minute', status_since), 'alert_resolved', 1 FROM alerts WHERE status = 'RESOLVED'`;

/**
 * Checks that the deltas of holds and alerts are exactly what the rows of `holds` and `alerts` count for. Alerts may
 * have gone from OPEN to RESOLVED, not farther: only the last transition is in the row.
 */
export async function expectBalancedDeltas(database: Database): Promise<void> {
  const { rows } = await database.query(
    `SELECT at::text, kind, sum(found)::integer AS found, sum(expected)::integer AS expected
     FROM (
       SELECT at, kind, delta AS found, 0 AS expected FROM state_deltas
       WHERE kind LIKE 'hold%' OR kind LIKE 'alert%'
       UNION ALL SELECT at, kind, 0, delta FROM (${EXPECTED}) AS rows_count_for
     ) AS both_sides
     GROUP BY at, kind HAVING sum(found) <> sum(expected)`,
  );
  expect(rows, 'minutes in which the deltas are not what the rows count for').toEqual([]);
}
