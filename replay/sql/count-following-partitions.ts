import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

const STATEMENT = `
  SELECT count(*) AS taken FROM consumer_offsets
  WHERE topic = ANY ($1::text[]) AND watermark_explicit AND watermark >= $2::timestamptz`;

/** How many partitions of the topics (plain names) follow a producer's watermark, and have come to `at`. */
export async function countFollowingPartitions(
  database: Queryable,
  topics: readonly string[],
  at: Micros,
): Promise<number> {
  const values = [topics, formatIso8601(at)];
  const { rows } = await database.query<{ taken: number }>({ text: STATEMENT, values });
  return rows[0]?.taken ?? 0;
}
