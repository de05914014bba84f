import type { Queryable } from '../../platform/database/database.ts';

/** Partitions of a topic whose position is in doubt, with what their alert says. */
export async function listStoppedPartitions(
  db: Queryable,
  topic: string,
): Promise<{ partition: number; subject: string }[]> {
  const { rows } = await db.query<{ partition: number; subject: string }>({
    text: `SELECT (evidence->>'partition')::integer AS partition, subject FROM alerts
           WHERE kind = 'PIPELINE' AND status <> 'RESOLVED' AND evidence->>'topic' = $1 AND dedup_key LIKE 'position/%'
           ORDER BY 1`,
    values: [topic],
  });
  return rows;
}
