import { Buffer } from 'node:buffer';
import type { Queryable } from '../../platform/database/database.ts';
import { insertNew } from './insert-new.ts';
import { micros } from './micros.ts';

/** What jsonb begins with in PostgreSQL's binary format; its text follows. */
const JSONB_VERSION = Buffer.of(1);

/**
 * Adds the records as they came.
 *
 * @param rows JSON array, in pieces, of [offset, timestamp in us, original timestamp in ms or null, delay bin, payload],
 *   and of Avro the value in base64; the payload is what the record brought, spliced in: parsing it again to stringify it
 *   cost 6 us a record
 * @param areNew see {@link insertNew}
 * @returns how many were new
 */
export function insertRaw(
  db: Queryable,
  position: { topic: string; epoch: number; partition: number },
  rows: readonly Buffer[],
  areNew: boolean,
): Promise<number> {
  return insertNew(
    db,
    {
      name: 'insert_raw',
      table: 'orders_raw',
      insert: `INSERT INTO orders_raw (topic, epoch, partition, kafka_offset, kafka_timestamp, kafka_timestamp_original,
                                       delay_bin, row_payload, avro)
               SELECT $2, $3, $4, (e->0)::bigint, ${micros('e->1')}, (e->>2)::bigint, (e->3)::smallint, e->4,
                      decode(e->>5, 'base64')
               FROM jsonb_array_elements($1::jsonb) AS e`,
      values: [Buffer.concat([JSONB_VERSION, ...rows]), position.topic, position.epoch, position.partition],
    },
    areNew,
  );
}
