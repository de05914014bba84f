import { describe, expect, it } from 'vitest';
import { decodeReview } from './decode-review.ts';

const NOW = 1_772_409_600_000_000;
const SAID = { order_id: 'o1', score: 4, occurred_at: '2026-03-02T00:00:00Z' };

describe('decodeReview', () => {
  it('reads all members', () => {
    expect(decodeReview({ ...SAID, event_id: 'r1', title: 'fine', comment: 'It came.' }, NOW)).toMatchObject({
      ...{ orderId: 'o1', occurredAt: NOW, eventId: 'r1', score: 4, title: 'fine', comment: 'It came.' },
    });
  });

  it('is another review when score or text differ', () => {
    const hashOf = (more: Record<string, unknown>) => decodeReview({ ...SAID, ...more }, NOW).contentHash;
    expect(new Set([{}, { score: 5 }, { title: 'x' }, { comment: 'x' }].map(hashOf)).size).toBe(4);
    expect(hashOf({ event_produced_at: '2026-03-02T00:00:01Z' })).toBe(hashOf({}));
  });

  it.each([
    [{ score: null }, 'SCHEMA_MISSING', 'score is missing'],
    [{ score: 0 }, 'SCHEMA_INVALID', 'score must be a whole number from 1 to 5, not the number 0'],
    [{ score: 4.5 }, 'SCHEMA_INVALID', 'from 1 to 5'],
    [{ score: '4' }, 'SCHEMA_INVALID', 'not a string'],
    [{ comment: ['x'] }, 'SCHEMA_INVALID', 'comment must be a string, not an array'],
  ])('refuses %j', (more, type, reason) => {
    expect(() => decodeReview({ ...SAID, ...more }, NOW)).toThrow(expect.objectContaining({ type }));
    expect(() => decodeReview({ ...SAID, ...more }, NOW)).toThrow(reason);
  });
});
