import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeOf } from './plan-replay.ts';

const LOG = { partition: 2, low: 100, high: 200 };
const at = (next: number) => ({ epoch: 1, next_offset: next });

describe('rangeOf', () => {
  it.each([
    ['what lies behind the position', 120, 150, 180, { from: 120, to: 150, ahead: 0, beginsAt: null }],
    ['only as far as the processor is', 120, 150, 130, { from: 120, to: 130, ahead: 20, beginsAt: null }],
    ['nothing that is ahead of it', 150, 170, 130, { from: 150, to: 150, ahead: 20, beginsAt: null }],
    ['only what Kafka has', 90, 150, 180, { from: 100, to: 150, ahead: 0, beginsAt: 100 }],
    ['nothing of a time without records', 200, 200, 180, { from: 200, to: 200, ahead: 0, beginsAt: null }],
    ['nothing below retention', 100, 150, 50, { from: 100, to: 100, ahead: 50, beginsAt: 100 }],
  ])('reads %s', (_, begin, end, position, expected) => {
    expect(rangeOf(LOG, begin, end, at(position))).toEqual({ partition: 2, epoch: 1, ...expected });
  });

  it('reads nothing of a partition that nobody has read yet', () => {
    expect(rangeOf(LOG, 120, 150, null)).toMatchObject({ from: 120, to: 120, ahead: 30 });
  });

  it('refuses a partition that ends before its position', () => {
    expect(() => rangeOf(LOG, 120, 150, at(201))).toThrow(/ends at offset 200, and its position is 201/);
  });

  it('has each offset of the stretch that Kafka has and the processor has read, and no other', () => {
    const offset = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(offset, offset, offset, offset, offset, (low, length, begin, end, next) => {
        const high = low + length;
        fc.pre(next <= high && begin <= end && begin <= high && end <= high);
        const range = rangeOf({ partition: 0, low, high }, begin, end, at(next));
        for (let one = 0; one <= 70; one += 1) {
          const isWanted = one >= begin && one < end && one >= low && one < high && one < next;
          expect(one >= range.from && one < range.to).toBe(isWanted);
        }
      }),
    );
  });
});
