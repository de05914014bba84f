import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import type { WatchedPartition } from '../watched-partition.ts';
import { encodePartitions } from './read-event-time.ts';

/**
 * The earliest watermark of all partitions but the silent ones, which are taken along: their own watermarks move as far.
 * So event time is before the watermark of every partition, and whether an event is late can be told from its own.
 *
 * When all are silent, it is the latest watermark: what one of them still brings from before that is late. A silent
 * partition that somebody is writing a batch of is locked, and then it is not silent.
 *
 * @returns null while a partition that is not silent has no watermark yet: event time stays where it is
 */
export async function moveEventTime(
  db: Queryable,
  partitions: readonly WatchedPartition[],
): Promise<Micros | null> {
  const { rows } = await db.query<{ watermark: Micros | null }>({
    name: 'move_event_time',
    text: `WITH watched AS (
             SELECT e->>0 AS topic, (e->>1)::integer AS partition, (e->>2)::bigint AS idle_at
             FROM jsonb_array_elements($1::jsonb) AS e
           ),
           idle AS MATERIALIZED (
             SELECT o.topic, o.partition FROM consumer_offsets o JOIN watched w USING (topic, partition)
             WHERE o.next_offset = w.idle_at AND NOT o.watermark_explicit
             FOR UPDATE OF o SKIP LOCKED
           ),
           live AS MATERIALIZED (
             SELECT CASE WHEN count(*) = 0
                         THEN (SELECT max(i.watermark) FROM consumer_offsets i JOIN idle USING (topic, partition))
                         WHEN bool_and(o.watermark IS NOT NULL) THEN min(o.watermark) END AS watermark
             FROM (SELECT topic, partition FROM watched
                   UNION SELECT topic, partition FROM consumer_offsets
                   WHERE topic IN (SELECT topic FROM watched)) AS every
             LEFT JOIN consumer_offsets o USING (topic, partition)
             WHERE (topic, partition) NOT IN (SELECT topic, partition FROM idle)
           ),
           taken_along AS (
             UPDATE consumer_offsets o SET watermark = live.watermark
             FROM idle, live
             WHERE o.topic = idle.topic AND o.partition = idle.partition
               AND (o.watermark IS NULL OR o.watermark < live.watermark) AND live.watermark IS NOT NULL
           )
           SELECT watermark FROM live`,
    values: [encodePartitions(partitions)],
  });
  const watermark = rows[0]?.watermark ?? null;
  return watermark === null ? null : watermark - 1;
}
