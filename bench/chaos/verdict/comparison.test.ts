import { expect, it } from 'vitest';
import { compareAtLeastOnce, compareKeys, compareValues, holds } from './comparison.ts';

it('finds what is lost, what is there twice, and what nobody wanted', () => {
  const found = compareKeys('holds', ['a', 'b', 'c'], ['a', 'c', 'c', 'x']);
  expect(found).toEqual({
    ...{ what: 'holds', wanted: 3, found: 4 },
    ...{ lost: ['b'], doubled: ['c'], wrong: ['x'] },
  });
  expect(holds(found)).toBe(false);
});

it('wants what was sent twice to be there twice', () => {
  expect(compareKeys('records', ['a', 'a'], ['a'])).toMatchObject({ wanted: 2, found: 1, lost: ['a'] });
  expect(holds(compareKeys('records', ['a', 'a'], ['a', 'a']))).toBe(true);
});

it('forgives copies where they are allowed, and nothing else', () => {
  expect(holds(compareAtLeastOnce('messages', ['a', 'b'], ['a', 'b', 'b']))).toBe(true);
  expect(holds(compareAtLeastOnce('messages', ['a', 'b'], ['b', 'b']))).toBe(false);
  expect(holds(compareAtLeastOnce('messages', ['a'], ['a', 'x']))).toBe(false);
});

it('finds what is there but different', () => {
  const wanted = new Map([
    ['o1', 'PAID'],
    ['o2', 'PAID'],
    ['o3', 'PAID'],
  ]);
  const found = new Map([
    ['o1', 'PAID'],
    ['o2', 'CREATED'],
    ['o4', 'PAID'],
  ]);
  expect(compareValues('orders', wanted, found)).toMatchObject({ lost: ['o3'], wrong: ['o2', 'o4'] });
});
