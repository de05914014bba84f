import type { Queryable } from '../../platform/database/database.ts';
import { RETRY_HEADER } from '../commands/retry-header.ts';

/**
 * Puts a rejected record into the Kafka outbox as it came, for its own topic, with a header that names the action.
 *
 * @returns the topic it is for, and whether it has a value that could be sent; null when there is no such record
 */
export async function sendRecordAgain(
  db: Queryable,
  logId: number,
  actionId: string,
  topics: readonly string[],
): Promise<{ topic: string; hasValue: boolean } | null> {
  const { rows } = await db.query<{ kafka_topic: string; has_value: boolean }>({
    name: 'send_record_again',
    text: `WITH record AS (
             SELECT kafka_topic, record_key, headers, original FROM pipeline_error_logs WHERE log_id = $1
           ),
           sent AS (
             INSERT INTO kafka_outbox (topic, record_key, headers, record_value)
             SELECT kafka_topic, record_key, headers || jsonb_build_object($2::text, encode(convert_to($3, 'UTF8'), 'base64')),
                    original
             FROM record WHERE original IS NOT NULL AND kafka_topic = ANY($4)
           )
           SELECT kafka_topic, original IS NOT NULL AS has_value FROM record`,
    values: [logId, RETRY_HEADER, actionId, topics],
  });
  const row = rows[0];
  return row === undefined ? null : { topic: row.kafka_topic, hasValue: row.has_value };
}
