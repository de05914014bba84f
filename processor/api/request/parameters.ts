import { z } from 'zod';
import { MAX_ID_LENGTH } from '../../../domain/records/typed-members.ts';
import { parseIso8601 } from '../../../domain/time/iso8601.ts';
import { YEAR_2000 } from '../../../domain/time/micros.ts';

/**
 * Readers of single query and path parameters: text in, value or a sentence about what is wrong out. The document of the
 * API describes them by what comes out of them.
 */

export const LONGEST_PAGE = 500;
const USUAL_PAGE = 50;

/** Three ids of four-byte characters, in base64, have 3,200 and some. */
const LONGEST_CURSOR = 4000;

export function wholeNumber(smallest: number, largest: number) {
  const message = `must be a whole number from ${smallest} to ${largest}`;
  return z
    .string({ error: message })
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.int({ error: message }).min(smallest, message).max(largest, message));
}

/** A plain decimal number. */
export function decimal(smallest: number, largest: number) {
  const message = `must be a number from ${smallest} to ${largest}`;
  return z
    .string({ error: message })
    .regex(/^\d{1,9}(\.\d{1,9})?$/, message)
    .transform(Number)
    .pipe(z.number().min(smallest, message).max(largest, message));
}

export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, { error: `must be one of ${values.join(', ')}` });
}

/** An id as events have them, in text that PostgreSQL can keep. */
export const id = z
  .string({ error: 'must be given once' })
  .min(1, 'is empty')
  // Characters, as the ids of events are counted; `max` would count units of UTF-16.
  .refine((value) => [...value].length <= MAX_ID_LENGTH, `has more than ${MAX_ID_LENGTH} characters`)
  .refine((value) => !value.includes('\u0000') && value.isWellFormed(), 'is not valid Unicode text')
  .meta({ maxLength: MAX_ID_LENGTH });

const TIME =
  'must be a time since 2000 with an offset, like 2026-03-01T09:30:00+09:00 (a + is %2B in an address)';

/** A moment, to be read with `parseIso8601`. */
export const moment = z
  .string({ error: TIME })
  .refine((value) => (parseIso8601(value) ?? 0) >= YEAR_2000, TIME)
  .meta({ format: 'date-time' });

export const month = z
  .string({ error: 'must be a month, like 2026-03' })
  .regex(/^2\d{3}-(0[1-9]|1[0-2])$/, 'must be a month, like 2026-03');

export const asOf = moment
  .optional()
  .describe(
    'The moment, in event time, as of which is answered. Unless given: as far as event time has come.',
  );

/** Parameters of every list. */
export const paging = {
  limit: wholeNumber(1, LONGEST_PAGE).default(USUAL_PAGE).describe('Most items of an answer.'),
  cursor: z
    .string({ error: 'must be given once' })
    .max(LONGEST_CURSOR, 'is not one of ours: take it from next')
    .optional()
    .describe('Where to go on: as the link next of the page before has it.'),
};
