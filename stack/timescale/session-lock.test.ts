import { expect, test } from 'vitest';
import { LockWaitCancelled, SessionLock } from './session-lock.ts';

test('serves owners in the order in which they came, one at a time', async () => {
  const lock = new SessionLock();
  const served: number[] = [];
  let holding = 0;
  await Promise.all(
    [0, 1, 2, 3, 4].map(async (number) => {
      const owner = {};
      await lock.acquire(owner);
      holding += 1;
      expect(holding).toBe(1);
      served.push(number);
      await new Promise((resolve) => setImmediate(resolve));
      holding -= 1;
      lock.release(owner);
    }),
  );
  expect(served).toEqual([0, 1, 2, 3, 4]);
});

test('a cancelled wait is refused and does not hold up the others', async () => {
  const lock = new SessionLock();
  const [holder, impatient, patient] = [{}, {}, {}];
  await lock.acquire(holder);
  const refused = lock.acquire(impatient);
  const granted = lock.acquire(patient);
  expect(lock.cancel(impatient)).toBe(true);
  await expect(refused).rejects.toThrow(LockWaitCancelled);
  lock.release(holder);
  await granted;
  expect(lock.isHeldBy(patient)).toBe(true);
});

test('only the holder can release, and a holder cannot be cancelled', async () => {
  const lock = new SessionLock();
  const holder = {};
  await lock.acquire(holder);
  lock.release({});
  expect(lock.isHeldBy(holder)).toBe(true);
  expect(lock.cancel(holder)).toBe(false);
});

test('lets other work happen between two owners', async () => {
  const lock = new SessionLock();
  const order: string[] = [];
  const [first, second] = [{}, {}];
  await lock.acquire(first);
  const next = lock.acquire(second).then(() => order.push('second owner'));
  setImmediate(() => order.push('other work'));
  lock.release(first);
  await next;
  expect(order).toEqual(['other work', 'second owner']);
});
