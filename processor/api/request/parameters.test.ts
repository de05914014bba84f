import { expect, it } from 'vitest';
import { id, paging } from './parameters.ts';

it('counts the characters of an id as those of events are counted', () => {
  expect(id.safeParse('😀'.repeat(200)).success).toBe(true);
  expect(id.safeParse('😀'.repeat(201)).error?.issues[0]?.message).toBe('has more than 200 characters');
});

it('takes the longest cursor that a list can make', () => {
  const longest = Buffer.from(JSON.stringify(Array(3).fill('😀'.repeat(200)))).toString('base64url');
  expect(paging.cursor.safeParse(longest).success).toBe(true);
});
