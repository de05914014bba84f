import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/**
 * Adds the records as they came.
 *
 * @param rows JSON array of [offset, timestamp in us, original timestamp in ms or null, delay bin, payload], and
 *   of Avro the value in base64; the payload is the text of the record itself, spliced in: parsing it again to stringify it cost 6 us a record
 * @returns how many were new
 */
export async function insertRaw(
  db: Queryable,
  position: { topic: string; epoch: number; partition: number },
  rows: string,
): Promise<number> {
  const result = await db.query({
    name: 'insert_raw',
    text: `INSERT INTO orders_raw (topic, epoch, partition, kafka_offset, kafka_timestamp, kafka_timestamp_original,
                                   delay_bin, row_payload, avro)
           SELECT $2, $3, $4, (e->0)::bigint, ${micros('e->1')}, (e->>2)::bigint, (e->3)::smallint, e->4,
                  decode(e->>5, 'base64')
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT DO NOTHING`,
    values: [rows, position.topic, position.epoch, position.partition],
  });
  return result.rowCount ?? 0;
}
