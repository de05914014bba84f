import { expect, it } from 'vitest';
import { ErrorCounts, errorCode, messageTemplate } from './error-counts.ts';

it('counts errors of a kind together, whatever the words in them', () => {
  let now = 1000;
  const counts = new ErrorCounts('test', () => now);
  const codes: string[] = [];
  counts.onError = (code) => codes.push(code);
  const error = Object.assign(new Error('secret text'), { code: '22003' });
  counts.note(error, 'order A-1042 was not written');
  now = 5000;
  counts.note(error, 'order B-7 was not written');
  counts.note(new TypeError('x'), 'order B-7 was not written');
  const taken = counts.take();
  expect(taken.map(({ code, template, count }) => [code, template, count])).toEqual([
    ['22003', 'order * was not written', 2],
    ['TypeError', 'order * was not written', 1],
  ]);
  expect(taken[0]).toMatchObject({ program: 'test', firstSeen: 1000, lastSeen: 5000 });
  expect(JSON.stringify(taken)).not.toContain('secret');
  expect(codes).toEqual(['22003', '22003', 'TypeError']);
  expect(counts.take()).toEqual([]);
});

it('adds up what could not be kept with what came meanwhile', () => {
  let now = 1;
  const counts = new ErrorCounts('test', () => now);
  counts.note(new Error('x'), 'again');
  const taken = counts.take();
  now = 9;
  counts.note(new Error('x'), 'again');
  counts.giveBack(taken);
  expect(counts.take()).toMatchObject([{ count: 2, firstSeen: 1, lastSeen: 9 }]);
});

it('keeps a bounded number of kinds, and loses no count', () => {
  const counts = new ErrorCounts('test', () => 0);
  const word = (index: number) =>
    index.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '');
  for (let index = 0; index < 2000; index += 1)
    counts.note(null, `message ${word(index)} ${'x'.repeat(index % 7)}`);
  const taken = counts.take();
  expect(taken.length).toBeLessThanOrEqual(501);
  expect(taken.reduce((sum, { count }) => sum + count, 0)).toBe(2000);
});

it.each([
  [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  [Object.assign(new Error('x'), { code: '40P01' }), '40P01'],
  [Object.assign(new Error('x'), { code: 'order-1042 by kim@example.com' }), 'none'],
  [new RangeError('x'), 'RangeError'],
  ['text', 'none'],
  [undefined, 'none'],
])('%s has the code %s', (error, code) => {
  expect(errorCode(error)).toBe(code);
});

it("leaves out what could be somebody's", () => {
  expect(messageTemplate('user "kim lee" of kim@example.com,\n order 9 at 12:30')).toBe(
    'user * of * order * at *',
  );
});
