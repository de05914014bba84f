import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

export interface LockedPosition {
  epoch: number;
  nextOffset: number;
  watermark: Micros | null;
}

/**
 * Keeps a partition's position and watermark where they are until the transaction ends: its processor waits with the next
 * batch, and event time does not pass it over as silent.
 */
export async function lockPosition(
  db: Queryable,
  topic: string,
  partition: number,
): Promise<LockedPosition | null> {
  const { rows } = await db.query<{ epoch: number; next_offset: number; watermark: Micros | null }>({
    name: 'lock_position',
    text: `SELECT epoch, next_offset, watermark FROM consumer_offsets
           WHERE topic = $1 AND partition = $2 FOR NO KEY UPDATE`,
    values: [topic, partition],
  });
  const row = rows[0];
  if (row === undefined) return null;
  return { epoch: row.epoch, nextOffset: row.next_offset, watermark: row.watermark };
}
