import { describe, expect, it } from 'vitest';
import { SilenceWatch } from './silence.ts';

const AFTER_MS = 60_000;

/** What a partition is after it stood like this for so long, told every two seconds. */
function idleAfter(
  seconds: number,
  standing: { next: number | null; high: number },
): number | null | undefined {
  const watch = new SilenceWatch(AFTER_MS);
  for (let at = 0; at <= seconds; at += 2) watch.note('orders', [{ partition: 0, ...standing }], at * 1000);
  return watch.partitions(['orders'], seconds * 1000)?.[0]?.idleAt;
}

describe('SilenceWatch', () => {
  it('takes a partition for silent that is read to its end, and no sooner than events may be late', () => {
    expect(idleAfter(58, { next: 7, high: 7 })).toBeNull();
    expect(idleAfter(60, { next: 7, high: 7 })).toBe(7);
  });

  it('does not see the end of a transaction as something to read', () => {
    expect(idleAfter(60, { next: 7, high: 8 })).toBe(7);
  });

  it('waits longer where more seems to be left, and for ever where nobody has begun', () => {
    expect(idleAfter(590, { next: 7, high: 12 })).toBeNull();
    expect(idleAfter(600, { next: 7, high: 12 })).toBe(7);
    expect(idleAfter(6000, { next: null, high: 7 })).toBeNull();
  });

  it('begins anew when something is produced or read', () => {
    const watch = new SilenceWatch(AFTER_MS);
    const idleAt = (nowMs: number) => watch.partitions(['orders'], nowMs)?.[0]?.idleAt;
    watch.note('orders', [{ partition: 0, next: 7, high: 7 }], 0);
    watch.note('orders', [{ partition: 0, next: 7, high: 8 }], 50_000);
    expect(idleAt(70_000)).toBeNull();
    watch.note('orders', [{ partition: 0, next: 8, high: 8 }], 100_000);
    expect(idleAt(159_000)).toBeNull();
    expect(idleAt(160_000)).toBe(8);
  });

  it('knows no partition before every topic has been looked at', () => {
    const watch = new SilenceWatch(AFTER_MS);
    watch.note('orders', [{ partition: 0, next: 7, high: 7 }], 0);
    expect(watch.partitions(['orders', 'reviews'], 0)).toBeNull();
    watch.note('reviews', [{ partition: 0, next: null, high: 0 }], 0);
    expect(watch.partitions(['orders', 'reviews'], 0)).toHaveLength(2);
  });
});
