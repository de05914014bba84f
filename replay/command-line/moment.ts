import { parseIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';

/**
 * `2017-01-31` (its first moment), `2017-01-31 09:30` or the like with an offset; null when it is none of these.
 *
 * @param utcOffset of what has none of its own, as `-03:00`
 */
export function parseMoment(text: string, utcOffset: string): Micros | null {
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text;
  return parseIso8601(whole) ?? parseIso8601(`${whole}${utcOffset}`);
}
