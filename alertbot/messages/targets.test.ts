import { expect, it } from 'vitest';
import { readActionsBlock, readTarget } from './targets.ts';

it.each([
  ['{"a":12,"v":3}', { a: 12, v: 3 }],
  ['{"m":77}', { m: 77 }],
  ['{"m":77,"p":2}', { m: 77, p: 2 }],
  ['{"m":77,"p":"2"}', { m: 77 }],
  ['{"a":12}', null],
  ['{"a":-1,"v":0}', null],
  ['{"a":1e99,"v":0}', null],
  ['{"a":"12","v":3}', null],
  ['[{"a":1,"v":1}]', null],
  ['null', null],
  ['evidence', null],
  ['', null],
])('reads the value of a button: %s', (value, target) => {
  expect(readTarget(value)).toEqual(target);
});

it.each([
  ['alert-actions-12', { alertId: 12 }],
  ['group-actions-77', { messageId: 77 }],
  ['alert-actions-', null],
  ['alert-actions-1e3', null],
  ['alert-actions-9999999999999999', null],
  ['alert-facts-12', null],
  ['x alert-actions-12', null],
])('reads what a row of buttons is about: %s', (blockId, subject) => {
  expect(readActionsBlock(blockId)).toEqual(subject);
});
