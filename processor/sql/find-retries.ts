import type { Queryable } from '../../platform/database/database.ts';
import type { RetriedRecord } from '../commands/retry-header.ts';

/**
 * Which records were really sent again by the actions they name: bit for bit those the actions are about. Anyone can
 * write a header, and a dead letter that somebody sends again by other means carries it, too.
 *
 * @returns their offsets
 */
export async function findRetries(
  db: Queryable,
  topic: string,
  retried: readonly RetriedRecord[],
): Promise<Set<number>> {
  if (retried.length === 0) return new Set();
  const { rows } = await db.query<{ kafka_offset: number }>({
    name: 'find_retries',
    text: `SELECT (e->0)::bigint AS kafka_offset
           FROM jsonb_array_elements($1::jsonb) AS e
           JOIN actions x ON x.action_id = e->>1 AND x.action = 'RETRY_RECORD'
           JOIN pipeline_error_logs l ON l.log_id = (x.request->>'log_id')::bigint
           WHERE l.kafka_topic = $2 AND l.original = decode(e->>2, 'base64')`,
    values: [
      JSON.stringify(retried.map((one) => [one.offset, one.actionId, one.value?.toString('base64') ?? null])),
      topic,
    ],
  });
  return new Set(rows.map((row) => row.kafka_offset));
}
