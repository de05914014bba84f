import { expect, it } from 'vitest';
import { ReadAhead } from './read-ahead.ts';

/** Work that ends when it is told to. */
function work(log: string[], name: string) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async () => {
    log.push(`${name} begins`);
    await ended;
    log.push(`${name} ends`);
  };
  return { run, end };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

it('goes on while a batch is worked on, and waits for it before the next of the partition', async () => {
  const log: string[] = [];
  const ahead = new ReadAhead(2);
  const first = work(log, 'first');
  ahead.start('orders 0', first.run);
  await ahead.settled('orders 1');
  const waiting = ahead.settled('orders 0').then(() => log.push('settled'));
  await soon();
  expect(log).toEqual(['first begins']);
  first.end();
  await waiting;
  expect(log).toEqual(['first begins', 'first ends', 'settled']);
});

it('works on so many batches at once, in the background or not', async () => {
  const log: string[] = [];
  const ahead = new ReadAhead(2);
  const [a, b, c] = [work(log, 'a'), work(log, 'b'), work(log, 'c')];
  ahead.start('orders 0', a.run);
  ahead.start('orders 1', b.run);
  const third = ahead.inTurn(c.run);
  await soon();
  expect(log).toEqual(['a begins', 'b begins']);
  b.end();
  c.end();
  await third;
  expect(log).toEqual(['a begins', 'b begins', 'b ends', 'c begins', 'c ends']);
  a.end();
  await ahead.idle();
  expect(log.at(-1)).toBe('a ends');
});

it('hands on what a batch in turn throws', async () => {
  await expect(
    new ReadAhead(1).inTurn(() => Promise.reject(new Error('the broker is away'))),
  ).rejects.toThrow('the broker is away');
});
