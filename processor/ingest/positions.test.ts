import { expect, it } from 'vitest';
import { Positions, positionAt } from './positions.ts';

const AT = positionAt(0, 5, null);

it('knows each partition of each topic apart', () => {
  const positions = new Positions();
  positions.set('orders', 1, AT);
  expect(positions.get('orders', 1)).toBe(AT);
  expect(positions.get('orders', 11)).toBeUndefined();
  expect(positions.get('payments', 1)).toBeUndefined();
  positions.forget('orders', 1);
  expect(positions.get('orders', 1)).toBeUndefined();
});

it('forgets the position of a partition that stops, and says why it did until it is resumed', () => {
  const positions = new Positions();
  positions.set('orders', 1, AT);
  positions.stop('orders', 1, 'the topic was re-created');
  expect(positions.get('orders', 1)).toBeUndefined();
  expect(positions.isStopped('orders', 1)).toBe(true);
  expect(positions.isStopped('orders', 2)).toBe(false);
  expect(positions.stopReasons).toEqual(['the topic was re-created']);
  positions.resume('orders', 1);
  expect(positions.isStopped('orders', 1)).toBe(false);
  expect(positions.stopReasons).toEqual([]);
});

it('a new generation voids all of it', () => {
  const positions = new Positions();
  positions.set('orders', 1, AT);
  positions.stop('orders', 2, 'why');
  const before = positions.generation;
  expect(positions.startGeneration()).toBe(before + 1);
  expect(positions.generation).toBe(before + 1);
  expect(positions.get('orders', 1)).toBeUndefined();
  expect(positions.isStopped('orders', 2)).toBe(false);
});
