import type { Queryable } from '../../platform/database/database.ts';

/** What the database holds of one run. Counts. */
export interface StoredCounts {
  raw: number;
  events: number;
  orders: number;
  /** Dead letters by reason. */
  deadLetters: Record<string, number>;
  /** Orders with a hold of the reason, open or closed. */
  holds: Record<string, number>;
  /** Whether other runs ordered the same products within 15 s: the burst rules then see those orders, too. */
  disturbed: boolean;
}

/** The database knows topics by their plain names, whatever they are called in the cluster. */
const STATEMENT = `
  SELECT
    (SELECT count(*) FROM orders_raw WHERE topic = 'orders' AND row_payload->>'order_id' LIKE $1) AS raw,
    (SELECT count(*) FROM events WHERE topic = 'orders' AND order_id LIKE $1) AS events,
    (SELECT count(*) FROM orders WHERE order_id LIKE $1) AS orders,
    (SELECT jsonb_object_agg(error_type, n) FROM (
       SELECT error_type, count(*) AS n FROM pipeline_error_logs
       WHERE kafka_topic = 'orders' AND substring(record_key FROM 1 FOR octet_length($2::bytea)) = $2::bytea
       GROUP BY error_type) AS d) AS dead_letters,
    (SELECT jsonb_object_agg(reason_code, n) FROM (
       SELECT reason_code, count(DISTINCT order_id) AS n FROM holds WHERE order_id LIKE $1 GROUP BY reason_code) AS h) AS holds,
    EXISTS (SELECT FROM arrivals AS mine JOIN arrivals AS other ON other.product_id = mine.product_id
              AND other.t BETWEEN mine.t - interval '15 seconds' AND mine.t + interval '15 seconds'
            WHERE mine.order_id LIKE $1 AND other.order_id NOT LIKE $1) AS disturbed`;

interface Row {
  raw: number;
  events: number;
  orders: number;
  dead_letters: Record<string, number> | null;
  holds: Record<string, number> | null;
  disturbed: boolean;
}

/** @param prefix begins the run's order_ids; letters, digits and a hyphen only */
export async function storedCounts(database: Queryable, prefix: string): Promise<StoredCounts> {
  const { rows } = await database.query<Row>({
    text: STATEMENT,
    values: [`${prefix}%`, Buffer.from(prefix)],
  });
  const row = rows[0];
  if (row === undefined) throw new Error('the database gave no counts');
  const { raw, events, orders, disturbed } = row;
  return { raw, events, orders, disturbed, deadLetters: row.dead_letters ?? {}, holds: row.holds ?? {} };
}
