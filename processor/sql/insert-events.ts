import type { Queryable } from '../../platform/database/database.ts';
import { insertNew } from './insert-new.ts';
import { micros } from './micros.ts';

/**
 * Adds the events that are not known yet.
 *
 * @param rows JSON array of [order_id, occurred_at us, content_hash, event_id, event_type, current_status, reason_code,
 *   offset, timestamp us, trace_id]
 * @param areNew see {@link insertNew}
 * @returns how many were new; the others are duplicates
 */
export function insertEvents(
  db: Queryable,
  topic: string,
  partition: number,
  rows: string,
  areNew: boolean,
): Promise<number> {
  return insertNew(
    db,
    {
      name: 'insert_events',
      table: 'events',
      insert: `INSERT INTO events (order_id, occurred_at, content_hash, event_id, event_type, current_status, reason_code,
                                   topic, partition, kafka_offset, kafka_timestamp, trace_id)
               SELECT e->>0, ${micros('e->1')}, (e->2)::bigint, e->>3, e->>4, e->>5, e->>6,
                      $2, $3, (e->7)::bigint, ${micros('e->8')}, e->>9
               FROM jsonb_array_elements($1::jsonb) AS e`,
      values: [rows, topic, partition],
    },
    areNew,
  );
}
