import { expect, it } from 'vitest';
import { within } from './within.ts';

const never = new Promise<void>(() => undefined);

it('waits for work that ends, and throws its error', async () => {
  let ended = false;
  await within(
    1e9,
    Promise.resolve().then(() => {
      ended = true;
    }),
  );
  expect(ended).toBe(true);
  await expect(within(1e9, Promise.reject(new Error('why')))).rejects.toThrow('why');
});

it('leaves work that does not end, and its later error', async () => {
  await within(1, never);
  let fail: (error: Error) => void = () => undefined;
  const late = new Promise<void>((_resolve, reject) => {
    fail = reject;
  });
  await within(1, late);
  fail(new Error('nobody waits for this any more'));
  await Promise.resolve();
});
