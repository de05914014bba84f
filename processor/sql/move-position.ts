import type { Queryable } from '../../platform/database/database.ts';

export interface Move {
  topic: string;
  partition: number;
  nextOffset: number;
  /** Raise the epoch: the topic was re-created, its offsets mean other records. */
  newEpoch: boolean;
}

/**
 * Sets the position of a partition, whatever it was. A processor that has it in work loses its compare-and-set and
 * reads the new one.
 *
 * @returns whether the partition is known
 */
export async function movePosition(db: Queryable, move: Move): Promise<boolean> {
  const result = await db.query({
    text: `UPDATE consumer_offsets
           SET next_offset = $3, epoch = epoch + CASE WHEN $4 THEN 1 ELSE 0 END, last_kafka_timestamp = NULL,
               updated_at = now()
           WHERE topic = $1 AND partition = $2`,
    values: [move.topic, move.partition, move.nextOffset, move.newEpoch],
  });
  return result.rowCount === 1;
}

/** Resolves the alerts about the position of a partition, with a row in the audit. @returns how many */
export async function resolvePositionAlerts(
  db: Queryable,
  topic: string,
  partition: number,
  actor: string,
  note: string,
): Promise<number> {
  const result = await db.query({
    text: `WITH open AS (
             SELECT alert_id, status FROM alerts
             WHERE kind = 'PIPELINE' AND status <> 'RESOLVED'
               AND evidence->>'topic' = $1 AND (evidence->>'partition')::integer = $2
             FOR UPDATE
           ),
           resolved AS (
             UPDATE alerts SET status = 'RESOLVED', previous_status = open.status, status_since = now(),
                               version = alerts.version + 1, ops_operator = $3, ops_note = $4, updated_at = now()
             FROM open WHERE open.alert_id = alerts.alert_id
           )
           INSERT INTO alert_actions (alert_id, action, actor, source, status_before, status_after, note)
           SELECT alert_id, 'RESOLVE', $3, 'api', status, 'RESOLVED', $4 FROM open`,
    values: [topic, partition, actor, note],
  });
  return result.rowCount ?? 0;
}
