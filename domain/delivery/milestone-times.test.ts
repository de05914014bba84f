import { expect, it } from 'vitest';
import { lateMilestones, NO_MILESTONES } from './milestone-times.ts';

const BEFORE = { ...NO_MILESTONES, CREATED: 10, APPROVED: 30 };

it('names what was set or dated back to before the watermark, with what it replaces', () => {
  const after = { ...BEFORE, APPROVED: 20, HANDED_OVER: 24, DELIVERED: 25 };
  expect(lateMilestones('o1', BEFORE, after, 25)).toEqual([
    { orderId: 'o1', kind: 'APPROVED', at: 20, contentHash: 0, replaces: 30 },
    { orderId: 'o1', kind: 'HANDED_OVER', at: 24, contentHash: 0, replaces: null },
  ]);
});

it('names nothing that was so before', () => {
  expect(lateMilestones('o1', BEFORE, BEFORE, Number.POSITIVE_INFINITY)).toEqual([]);
});
