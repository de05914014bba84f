import { describe, expect, it } from 'vitest';
import { PausedTargets } from './paused-targets.ts';

/** Waits of 10, 20, 40, 40 ... without jitter. */
const paused = () => new PausedTargets({ firstMs: 10, longestMs: 40 }, () => 1);

describe('PausedTargets', () => {
  it('pauses one target and no other, until its time is over', () => {
    const targets = paused();
    targets.pause('a', 100, 0);
    expect([targets.at(109), targets.at(110)]).toEqual([['a'], []]);
  });

  it('pauses longer with each failure after a pause, and those sent together fail once', () => {
    const targets = paused();
    targets.pause('a', 0, 0);
    targets.pause('a', 5, 0);
    expect([targets.at(14), targets.at(15)]).toEqual([['a'], []]);
    targets.pause('a', 15, 0);
    expect([targets.at(34), targets.at(35)]).toEqual([['a'], []]);
    targets.pause('a', 35, 0);
    expect([targets.at(74), targets.at(75)]).toEqual([['a'], []]);
  });

  it('pauses at least as long as it is asked to, and forgets after a success', () => {
    const targets = paused();
    targets.pause('a', 0, 500);
    targets.pause('a', 1, 0);
    expect(targets.at(499)).toEqual(['a']);
    targets.forget('a');
    expect(targets.at(2)).toEqual([]);
    targets.pause('a', 2, 0);
    expect(targets.at(12)).toEqual([]);
  });
});
