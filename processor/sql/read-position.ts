import type { Queryable } from '../../platform/database/database.ts';

export interface StoredPosition {
  epoch: number;
  nextOffset: number;
  /** Timestamp (ms) of the record before it; null when none was processed yet. */
  lastTimestamp: number | null;
}

interface Row {
  epoch: number;
  next_offset: number;
  last_kafka_timestamp: number | null;
}

/**
 * How far a partition is processed; starts it at `lowWatermark` when nobody has yet. A new one is no further back than
 * event time: the lock keeps a pass from moving that meanwhile.
 */
export async function readPosition(
  db: Queryable,
  topic: string,
  partition: number,
  lowWatermark: number,
): Promise<StoredPosition> {
  const stored = await selectPosition(db, topic, partition);
  if (stored !== null) return stored;
  await db.query({
    name: 'start_position',
    text: `INSERT INTO consumer_offsets (topic, partition, next_offset, watermark)
           SELECT $1, $2, $3, CASE WHEN isfinite(sequence.sequenced_to)
                                   THEN sequence.sequenced_to + INTERVAL '1 microsecond' END
           FROM (SELECT 1) AS always
           LEFT JOIN (SELECT sequenced_to FROM sequence_state FOR SHARE) AS sequence ON true
           ON CONFLICT (topic, partition) DO NOTHING`,
    values: [topic, partition, lowWatermark],
  });
  const started = await selectPosition(db, topic, partition);
  if (started === null)
    throw new Error(`consumer_offsets lost the row of ${topic} ${partition} while it was read`);
  return started;
}

async function selectPosition(
  db: Queryable,
  topic: string,
  partition: number,
): Promise<StoredPosition | null> {
  const { rows } = await db.query<Row>({
    name: 'read_position',
    text: 'SELECT epoch, next_offset, last_kafka_timestamp FROM consumer_offsets WHERE topic = $1 AND partition = $2',
    values: [topic, partition],
  });
  const row = rows[0];
  if (row === undefined) return null;
  return { epoch: row.epoch, nextOffset: row.next_offset, lastTimestamp: row.last_kafka_timestamp };
}
