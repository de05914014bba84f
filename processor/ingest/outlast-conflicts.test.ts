import { expect, it } from 'vitest';
import type { KafkaRecord } from './kafka-record.ts';
import { outlastConflicts } from './outlast-conflicts.ts';

const RECORDS = [0, 1, 2].map((offset) => ({ offset }) as KafkaRecord);
const clash = () => Object.assign(new Error('deadlock detected'), { code: '40P01' });
const refusal = () => Object.assign(new Error('invalid input'), { code: '22P02' });

it('tries again what is left after a clash, and tells of each', async () => {
  let next = 0;
  let told = 0;
  const tried: number[][] = [];
  await outlastConflicts(
    () => RECORDS.filter(({ offset }) => offset >= next),
    async (records) => {
      tried.push(records.map(({ offset }) => offset));
      next = tried.length === 1 ? 1 : 3;
      if (tried.length === 1) throw clash();
    },
    () => {
      told += 1;
    },
  );
  expect(tried).toEqual([
    [0, 1, 2],
    [1, 2],
  ]);
  expect(told).toBe(1);
});

it('does nothing where nothing is left', () =>
  outlastConflicts(
    () => [],
    async () => expect.unreachable(),
  ));

it('gives up what is no clash at once, and clashes after twenty', async () => {
  let tries = 0;
  const failing = (error: () => Error) =>
    outlastConflicts(
      () => RECORDS,
      async () => {
        tries += 1;
        throw error();
      },
    );
  await expect(failing(refusal)).rejects.toThrow('invalid input');
  expect(tries).toBe(1);
  await expect(failing(clash)).rejects.toThrow('deadlock detected');
  expect(tries).toBe(1 + 21);
});
