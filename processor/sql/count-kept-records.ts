import type { Queryable } from '../../platform/database/database.ts';

/** Records of a stretch of offsets [from, to) of which there is a row: as they came, or rejected. */
export async function countKeptRecords(
  db: Queryable,
  place: { topic: string; epoch: number; partition: number },
  from: number,
  to: number,
): Promise<number> {
  const { rows } = await db.query<{ kept: number }>({
    text: `SELECT (SELECT count(*) FROM orders_raw
                   WHERE topic = $1 AND epoch = $2 AND partition = $3 AND kafka_offset >= $4 AND kafka_offset < $5)
                + (SELECT count(*) FROM pipeline_error_logs
                   WHERE kafka_topic = $1 AND epoch = $2 AND partition = $3 AND kafka_offset >= $4 AND kafka_offset < $5)
                  AS kept`,
    values: [place.topic, place.epoch, place.partition, from, to],
  });
  return rows[0]?.kept ?? 0;
}
