import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../domain/time/micros.ts';
import { TokenBucket } from './token-bucket.ts';

const START = 1_000_000 * SECOND;

function taken(bucket: TokenBucket, now: number): number {
  let count = 0;
  while (bucket.take(now)) count += 1;
  return count;
}

describe('TokenBucket', () => {
  it('allows a burst, then its rate', () => {
    const bucket = new TokenBucket({ perSecond: 2, burst: 3 });
    expect(taken(bucket, START)).toBe(3);
    expect(bucket.waitMs(START)).toBe(500);
    expect(taken(bucket, START + 0.4 * SECOND)).toBe(0);
    expect(taken(bucket, START + SECOND)).toBe(2);
    expect(taken(bucket, START + 100 * SECOND)).toBe(3);
  });

  it('has room for one call however low the rate', () => {
    const bucket = new TokenBucket({ perSecond: 0.1, burst: 0.3 });
    expect(taken(bucket, START)).toBe(1);
    expect(bucket.waitMs(START)).toBe(10_000);
  });

  it('gives no call during a pause, and no burst after it', () => {
    const bucket = new TokenBucket({ perSecond: 1, burst: 3 });
    bucket.take(START);
    bucket.pause(START + MINUTE);
    bucket.pause(START + SECOND);
    expect(bucket.take(START + 59 * SECOND)).toBe(false);
    expect(bucket.waitMs(START + 59 * SECOND)).toBe(1000);
    expect(taken(bucket, START + MINUTE)).toBe(1);
  });

  it('takes a call back', () => {
    const bucket = new TokenBucket({ perSecond: 1, burst: 1 });
    bucket.take(START);
    bucket.giveBack();
    bucket.giveBack();
    expect(taken(bucket, START)).toBe(1);
  });

  it('never allows more than burst and rate together, whatever the clock does', () => {
    const steps = fc.array(fc.integer({ min: -5 * SECOND, max: 5 * SECOND }), { maxLength: 60 });
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 9 }),
        (moves, rate, burst) => {
          const bucket = new TokenBucket({ perSecond: rate, burst });
          let now = START;
          let forward = 0;
          let count = taken(bucket, now);
          for (const move of moves) {
            now += move;
            forward += Math.max(0, move);
            count += taken(bucket, now);
          }
          expect(count).toBeLessThanOrEqual(burst + (forward / SECOND) * rate + 1e-6);
        },
      ),
    );
  });
});
