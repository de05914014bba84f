import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import type { WatchedPartition } from '../watched-partition.ts';

export interface EventTime {
  /** Everything up to here is in the database, but for what comes late; null: nobody can say yet. */
  eventTime: Micros | null;
  /** Up to here milestones have been followed; null: none yet. */
  sequencedTo: Micros | null;
  revision: number;
  /** Whether another instance follows, and has said so not long ago. */
  isTaken: boolean;
  /** Whether late milestones wait. */
  hasLate: boolean;
}

/** How event time stands, without moving or locking anything: whether a pass has something to do. */
export async function readEventTime(
  db: Queryable,
  partitions: readonly WatchedPartition[],
  instance: string,
): Promise<EventTime> {
  const { rows } = await db.query<{
    watermark: Micros | null;
    sequenced_to: Micros | null;
    revision: number;
    is_taken: boolean;
    has_late: boolean;
  }>({
    name: 'read_event_time',
    text: `WITH watched AS (
             SELECT e->>0 AS topic, (e->>1)::integer AS partition, (e->>2)::bigint AS idle_at
             FROM jsonb_array_elements($1::jsonb) AS e
           ),
           live AS (
             SELECT CASE WHEN count(*) = 0
                         THEN (SELECT max(i.watermark) FROM consumer_offsets i JOIN watched USING (topic, partition))
                         WHEN bool_and(o.watermark IS NOT NULL) THEN min(o.watermark) END AS watermark
             FROM watched w LEFT JOIN consumer_offsets o USING (topic, partition)
             WHERE (o.next_offset = w.idle_at AND NOT o.watermark_explicit) IS NOT TRUE
           )
           SELECT live.watermark, CASE WHEN isfinite(s.sequenced_to) THEN s.sequenced_to END AS sequenced_to,
                  s.revision, s.leader IS DISTINCT FROM $2 AND s.leased_until > now() AS is_taken,
                  EXISTS (SELECT FROM late_milestones l WHERE l.at < live.watermark) AS has_late
           FROM sequence_state s CROSS JOIN live`,
    values: [encodePartitions(partitions), instance],
  });
  const row = rows[0];
  if (row === undefined) throw new Error('sequence_state has no row: apply timescale/init again');
  return {
    eventTime: row.watermark === null ? null : row.watermark - 1,
    sequencedTo: row.sequenced_to,
    revision: row.revision,
    isTaken: row.is_taken,
    hasLate: row.has_late,
  };
}

export function encodePartitions(partitions: readonly WatchedPartition[]): string {
  return JSON.stringify(partitions.map((one) => [one.topic, one.partition, one.idleAt]));
}
