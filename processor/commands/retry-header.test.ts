import { expect, it } from 'vitest';
import { retryActionOf } from './retry-header.ts';

it('is the action a header names', () => {
  expect(retryActionOf({ 'holdfast-retry': Buffer.from('retry-12-3') })).toBe('retry-12-3');
  expect(retryActionOf({ 'holdfast-retry': 'retry-12-3' })).toBe('retry-12-3');
});

it.each([undefined, null, 'retry-12', 'retry-12-3 ', 'x retry-1-1', `retry-${'1'.repeat(20)}-1`, ''])(
  'is none for %j',
  (value) => {
    expect(retryActionOf(value === undefined ? {} : { 'holdfast-retry': value })).toBeNull();
  },
);

it('is none where the header is there twice', () => {
  expect(retryActionOf({ 'holdfast-retry': ['retry-1-1', 'retry-2-1'] })).toBeNull();
});
