import { expect, it } from 'vitest';
import { Tally } from '../tally/tally.ts';
import { compare } from './compare.ts';

const NOTHING = { raw: 0, events: 0, orders: 0, deadLetters: {}, holds: {}, disturbed: false };
const verdicts = (stored: Partial<typeof NOTHING>, circumstances = { retried: false, stock: true }) =>
  compare(new Tally(true).summary(), { ...NOTHING, ...stored }, circumstances)
    .filter(({ verdict }) => verdict !== 'ok')
    .map(({ what, verdict }) => `${what}: ${verdict}`);

it('agrees when both are the same', () => {
  expect(verdicts({})).toEqual([]);
});

it('excuses more burst holds where others ordered the same, and nothing else', () => {
  const holds = { 'FUL-FRAUD-PROD': 2, 'FUL-VALID': 1 };
  expect(verdicts({ holds })).toEqual(['held FUL-VALID: MISMATCH', 'held FUL-FRAUD-PROD: MISMATCH']);
  expect(verdicts({ holds, disturbed: true })).toEqual([
    'held FUL-VALID: MISMATCH',
    'held FUL-FRAUD-PROD: more',
  ]);
});

it('excuses records stored twice after a batch was sent again, but no second event', () => {
  const stored = { raw: 1, events: 1, deadLetters: { PARSE_ERROR: 3 } };
  expect(verdicts(stored, { retried: true, stock: true })).toEqual([
    'raw records: more',
    'events: MISMATCH',
    'dead letters PARSE_ERROR: more',
  ]);
});

it('says nothing of stock the database does not know', () => {
  expect(verdicts({ holds: { 'FUL-INV': 5 } }, { retried: false, stock: false })).toEqual([]);
});
