import { describe, expect, it } from 'vitest';
import { SilenceWatch } from './silence.ts';

const AFTER_MS = 60_000;

/** What a partition is after it stood like this for so long, told every two seconds. */
function idleAfter(
  seconds: number,
  standing: { next: number | null; high: number },
  afterMs: number = AFTER_MS,
): number | null | undefined {
  const watch = new SilenceWatch(afterMs);
  for (let at = 0; at <= seconds; at += 2) watch.note('orders', [{ partition: 0, ...standing }], at * 1000);
  return idleAt(watch);
}

function idleAt(watch: SilenceWatch): number | null | undefined {
  return watch.partitions(['orders'])?.[0]?.idleAt;
}

/** Every two seconds, both included. */
function lookFrom(watch: SilenceWatch, from: number, to: number, next: number, high: number): void {
  for (let at = from; at <= to; at += 2) watch.note('orders', [{ partition: 0, next, high }], at * 1000);
}

describe('SilenceWatch', () => {
  it('takes a partition for silent that is read to its end, and no sooner than events may be late', () => {
    expect(idleAfter(58, { next: 7, high: 7 })).toBeNull();
    expect(idleAfter(60, { next: 7, high: 7 })).toBe(7);
  });

  it('does not wait for a topic that was never in use, however much lateness is allowed', () => {
    expect(idleAfter(8, { next: 0, high: 0 }, 3_600_000)).toBeNull();
    expect(idleAfter(10, { next: 0, high: 0 }, 3_600_000)).toBe(0);
    expect(idleAfter(58, { next: 1, high: 1 })).toBeNull();
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
    lookFrom(watch, 0, 48, 7, 7);
    lookFrom(watch, 50, 98, 7, 8);
    expect(idleAt(watch)).toBeNull();
    lookFrom(watch, 100, 158, 8, 8);
    expect(idleAt(watch)).toBeNull();
    lookFrom(watch, 160, 160, 8, 8);
    expect(idleAt(watch)).toBe(8);
  });

  it('does not take for silence that Kafka could not be looked at, nor the first look after that', () => {
    const watch = new SilenceWatch(AFTER_MS);
    lookFrom(watch, 0, 10, 7, 5000);
    lookFrom(watch, 900, 900, 7, 5000);
    expect(idleAt(watch)).toBeNull();
    lookFrom(watch, 902, 1498, 7, 5000);
    expect(idleAt(watch)).toBeNull();
    lookFrom(watch, 1500, 1500, 7, 5000);
    expect(idleAt(watch)).toBe(7);
  });

  it('waits as long as a takeover by another instance takes, however little lateness is allowed', () => {
    expect(idleAfter(58, { next: 7, high: 8 }, 1_000)).toBeNull();
    expect(idleAfter(60, { next: 7, high: 8 }, 1_000)).toBe(7);
    expect(idleAfter(598, { next: 7, high: 12 }, 1_000)).toBeNull();
    expect(idleAfter(600, { next: 7, high: 12 }, 1_000)).toBe(7);
  });

  it('waits longer where more lateness is allowed', () => {
    expect(idleAfter(118, { next: 7, high: 7 }, 120_000)).toBeNull();
    expect(idleAfter(120, { next: 7, high: 7 }, 120_000)).toBe(7);
    expect(idleAfter(1198, { next: 7, high: 12 }, 120_000)).toBeNull();
    expect(idleAfter(1200, { next: 7, high: 12 }, 120_000)).toBe(7);
  });

  it('knows no partition before every topic has been looked at', () => {
    const watch = new SilenceWatch(AFTER_MS);
    watch.note('orders', [{ partition: 0, next: 7, high: 7 }], 0);
    expect(watch.partitions(['orders', 'reviews'])).toBeNull();
    watch.note('reviews', [{ partition: 0, next: null, high: 0 }], 0);
    expect(watch.partitions(['orders', 'reviews'])).toHaveLength(2);
  });
});
