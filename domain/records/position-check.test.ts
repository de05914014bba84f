import { expect, it } from 'vitest';
import { checkPosition } from './position-check.ts';

it.each([
  [10, 0, 10, null],
  [0, 0, 0, null],
  [5, 5, 9, null],
  [11, 0, 10, { problem: 'BEYOND_END', from: 10, to: 11 }],
  [4, 5, 9, { problem: 'BELOW_RETENTION', from: 4, to: 5 }],
])('position %d in [%d, %d]', (position, low, high, expected) => {
  expect(checkPosition(position, low, high)).toEqual(expected);
});
