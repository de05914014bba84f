import type { PositionProblem } from '../alerts/alert.ts';

/** A contradiction between the position in the database and the broker's log, and the offsets in doubt: [from, to). */
export interface PositionDoubt {
  problem: PositionProblem;
  from: number;
  to: number;
}

/**
 * Compares a stored position with the log of its partition.
 *
 * @param position offset to read next
 * @param low first offset the broker still has
 * @param high offset the next produced record will get
 * @returns null when the position is within [low, high]
 */
export function checkPosition(position: number, low: number, high: number): PositionDoubt | null {
  if (position > high) return { problem: 'BEYOND_END', from: high, to: position };
  if (position < low) return { problem: 'BELOW_RETENTION', from: position, to: low };
  return null;
}
