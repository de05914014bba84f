import { describe, expect, it } from 'vitest';
import { isEqual, shareItems, shareMembers } from './share.ts';

it('knows equal from different', () => {
  const value = { a: [{ x: 1 }, null, 'y'], b: { c: true } };
  expect(isEqual(value, structuredClone(value))).toBe(true);
  const others = [
    { a: [{ x: 1 }, null, 'y'] },
    { a: [{ x: 2 }, null, 'y'], b: { c: true } },
    { a: [{ x: 1 }, null], b: { c: true } },
    { a: [{ x: 1 }, null, 'y'], b: { c: true }, d: 1 },
    { a: [{ x: 1 }, null, 'y'], b: [true] },
    { a: [{ x: 1 }, {}, 'y'], b: { c: true } },
  ];
  for (const other of others) {
    expect(isEqual(value, other)).toBe(false);
    expect(isEqual(other, value)).toBe(false);
  }
});

it('keeps the members that are equal', () => {
  const before = { users: [{ id: 'a' }], faults: [{ id: '1' }] };
  const after = shareMembers(before, { users: [{ id: 'a' }], faults: [] });
  expect(after).toEqual({ users: [{ id: 'a' }], faults: [] });
  expect(after.users).toBe(before.users);
});

describe('shareItems', () => {
  const idOf = ({ id }: { id: string }) => id;
  const before = [
    { id: 'a', text: '1' },
    { id: 'b', text: '1' },
    { id: 'c', text: '1' },
  ];

  it('keeps what is equal, wherever it moved, and takes what is new', () => {
    const after = shareItems(
      before,
      [
        { id: 'b', text: '1' },
        { id: 'c', text: '2' },
      ],
      idOf,
    );
    expect(after).toEqual([
      { id: 'b', text: '1' },
      { id: 'c', text: '2' },
    ]);
    expect(after[0]).toBe(before[1]);
    expect(after[1]).not.toBe(before[2]);
  });

  it('keeps the list itself when nothing differs', () => {
    expect(shareItems(before, structuredClone(before), idOf)).toBe(before);
    expect(shareItems(before, before.slice(0, 2), idOf)).not.toBe(before);
  });
});
