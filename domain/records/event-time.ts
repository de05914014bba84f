import { formatIso8601 } from '../time/iso8601.ts';
import { DAY, type Micros, YEAR_2000 } from '../time/micros.ts';
import { Rejection } from './rejection.ts';

/** An event may claim to be this far ahead of the clock. */
export const MAX_AHEAD: Micros = DAY;

/**
 * The time, when it is one that an event can have.
 *
 * @throws {Rejection} SCHEMA_INVALID before 2000 or more than 24 h ahead of `now`
 */
export function checkEventTime(at: Micros, name: string, now: Micros): Micros {
  if (at < YEAR_2000 || at > now + MAX_AHEAD) {
    throw new Rejection(
      'SCHEMA_INVALID',
      `${name} ${formatIso8601(at)} is ${at < YEAR_2000 ? 'before 2000' : 'more than 24 h ahead'}`,
    );
  }
  return at;
}
