import type { WatermarkMove } from '../../domain/records/watermark.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

export interface Claim {
  topic: string;
  partition: number;
  epoch: number;
  expected: number;
  next: number;
  /** Timestamp (ms) of the record before `next`. */
  lastTimestamp: number;
  /** What the batch makes of the partition's watermark. */
  watermark: WatermarkMove | null;
}

/**
 * Moves the position of a partition if it is still where this instance last saw it, and its watermark. First statement
 * of a batch: it locks the row, so a second instance waits here and then loses.
 *
 * The watermark as it was is kept in a column: of a row that somebody changed while this waited, RETURNING could give a
 * value read elsewhere from before that, and then a late event would pass for one in time.
 *
 * @returns the watermark before the batch (null: none yet), or null when somebody else moved the position
 */
export async function claimPosition(
  db: Queryable,
  claim: Claim,
): Promise<{ lateBefore: Micros | null } | null> {
  const { rows } = await db.query<{ late_before: Micros | null }>({
    name: 'claim_position',
    text: `UPDATE consumer_offsets
           SET next_offset = $5, last_kafka_timestamp = $6, updated_at = now(), late_before = watermark,
               watermark = greatest(watermark, ${micros('$7')},
                                    CASE WHEN NOT watermark_explicit THEN ${micros('$8')} END),
               watermark_explicit = coalesce($9::boolean, watermark_explicit)
           WHERE topic = $1 AND partition = $2 AND epoch = $3 AND next_offset = $4
           RETURNING late_before`,
    values: [
      claim.topic,
      claim.partition,
      claim.epoch,
      claim.expected,
      claim.next,
      claim.lastTimestamp,
      claim.watermark?.always ?? null,
      claim.watermark?.ifOrdinary ?? null,
      claim.watermark?.explicit ?? null,
    ],
  });
  const row = rows[0];
  return row === undefined ? null : { lateBefore: row.late_before };
}
