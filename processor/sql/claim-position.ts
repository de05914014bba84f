import type { Queryable } from '../../platform/database/database.ts';

export interface Claim {
  topic: string;
  partition: number;
  epoch: number;
  expected: number;
  next: number;
  /** Timestamp (ms) of the record before `next`. */
  lastTimestamp: number;
}

/**
 * Moves the position of a partition if it is still where this instance last saw it. First statement of a batch: it
 * locks the row, so a second instance waits here and then loses.
 *
 * @returns false when somebody else moved it
 */
export async function claimPosition(db: Queryable, claim: Claim): Promise<boolean> {
  const result = await db.query({
    name: 'claim_position',
    text: `UPDATE consumer_offsets
           SET next_offset = $5, last_kafka_timestamp = $6, updated_at = now()
           WHERE topic = $1 AND partition = $2 AND epoch = $3 AND next_offset = $4`,
    values: [claim.topic, claim.partition, claim.epoch, claim.expected, claim.next, claim.lastTimestamp],
  });
  return result.rowCount === 1;
}
