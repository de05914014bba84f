/**
 * Event time, in microseconds since 1970-01-01T00:00:00Z (UTC).
 *
 * A safe integer until the year 2255, and the resolution of PostgreSQL's `timestamptz`, so a time survives the
 * round trip exactly. JavaScript's own dates stop at milliseconds.
 */
export type Micros = number;

export const SECOND: Micros = 1_000_000;
export const MINUTE: Micros = 60 * SECOND;
export const HOUR: Micros = 60 * MINUTE;
export const DAY: Micros = 24 * HOUR;

/** Start of the year 2000: anything before it is a broken clock, not an order. */
export const YEAR_2000: Micros = 946_684_800 * SECOND;

/** Start of the minute that contains `at`. Also right before 1970, where `%` is negative. */
export function startOfMinute(at: Micros): Micros {
  return Math.floor(at / MINUTE) * MINUTE;
}
