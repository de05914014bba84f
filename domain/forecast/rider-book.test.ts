import { expect, test } from 'vitest';
import { DAY, HOUR } from '../time/micros.ts';
import { RiderBook } from './rider-book.ts';

const FROM = 20_000 * DAY;

function watched(hours: number, book = new RiderBook(0.8), from = 0): RiderBook {
  for (let i = from; i < hours; i += 1) {
    const present = i % 24 === 18 ? 12 : 4;
    book.observe({ region: 'harbour', at: FROM + i * HOUR, present, busy: present / 2, delivered: present });
  }
  return book;
}

test('riders of each hour, and orders that one delivers', () => {
  const book = watched(14 * 24);
  expect(book.usual('harbour', FROM + 20 * DAY + 18 * HOUR)).toBeCloseTo(12, 6);
  expect(book.usual('harbour', FROM + 20 * DAY + 3 * HOUR)).toBeCloseTo(4, 6);
  // Two in an hour on the way, on the way for 80 % of it.
  expect(book.productivity('harbour')).toBeCloseTo(1.6, 6);
  expect(book.needed('harbour', 16)).toBeCloseTo(10, 6);
});

test('says nothing of what it has not seen enough of', () => {
  expect(watched(3).productivity('harbour')).toBeNull();
  expect(watched(3).needed('harbour', 10)).toBeNull();
  expect(watched(7 * 24 - 1).usual('harbour', FROM)).toBeNull();
  expect(watched(7 * 24).usual('harbour', FROM)).not.toBeNull();
  expect(watched(3).usual('hills', FROM)).toBeNull();
});

test('goes on from its memory', () => {
  const book = new RiderBook(0.8);
  book.restore(watched(100).changes());
  expect(watched(300, book, 100).changes()).toEqual(watched(300).changes());
});
