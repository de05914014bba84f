import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROFILES, type ScoringProfile } from './profiles.ts';
import { probation, type ScoredFile, scaledSigmoid, scoreCorpus } from './score-corpus.ts';

/** The rules once more, for one threshold and without any sorting. */
function scoreAt(files: readonly ScoredFile[], profile: ScoringProfile, threshold: number): number {
  let total = 0;
  for (const { scores, windows } of files) {
    const alarms = [...scores.keys()].filter(
      (row) => row >= probation(scores.length) && scores[row]! >= threshold,
    );
    for (const { first, last } of windows) {
      const hit = alarms.find((row) => row >= first && row <= last);
      const position = hit === undefined ? 0 : -(last - hit + 1) / (last - first + 1);
      const reward = (profile.truePositive * scaledSigmoid(position)) / scaledSigmoid(-1);
      total += hit === undefined ? -profile.falseNegative : Math.max(-profile.falseNegative, reward);
    }
    for (const row of alarms) {
      if (windows.some(({ first, last }) => row >= first && row <= last)) continue;
      const passed = windows.filter(({ last }) => last < row).at(-1);
      const position = passed === undefined ? 9 : (row - passed.last) / (passed.last - passed.first);
      total += scaledSigmoid(position) * profile.falsePositive;
    }
  }
  return total;
}

const file = fc
  .record({
    scores: fc.array(fc.constantFrom(0, 0, 0, 0.1, 0.3, 0.5, 0.9, 1), { minLength: 40, maxLength: 120 }),
    gaps: fc.array(fc.integer({ min: 3, max: 30 }), { minLength: 0, maxLength: 6 }),
  })
  .map(({ scores, gaps }): ScoredFile => {
    const windows = [];
    let row = 0;
    for (let i = 0; i + 1 < gaps.length; i += 2) {
      const first = row + gaps[i]!;
      row = first + gaps[i + 1]!;
      if (row < scores.length) windows.push({ first, last: row });
    }
    return { scores, windows };
  });

describe('scoreCorpus', () => {
  it('is the best of all thresholds, each scored on its own', () => {
    const files = fc.array(file, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(files, fc.constantFrom(...PROFILES), (corpus, profile) => {
        const windows = corpus.reduce((sum, { windows }) => sum + windows.length, 0);
        fc.pre(windows > 0);
        const nothing = -profile.falseNegative * windows;
        const best = Math.max(nothing, ...[0, 0.1, 0.3, 0.5, 0.9, 1].map((t) => scoreAt(corpus, profile, t)));
        const perfect = profile.truePositive * windows;
        const expected = (100 * (best - nothing)) / (perfect - nothing);
        expect(scoreCorpus(corpus, profile).score).toBeCloseTo(expected, 8);
      }),
      { numRuns: 300 },
    );
  });

  it('gives 100 for the first row of every window and nothing else, 0 for silence', () => {
    const windows = [{ first: 50, last: 60 }];
    const scores = Array.from({ length: 100 }, (_, row) => (row === 50 ? 1 : 0));
    for (const profile of PROFILES) {
      expect(scoreCorpus([{ scores, windows }], profile).score).toBeCloseTo(100, 8);
      // Every row at once is worse than none: the false alarms cost more than the window gives.
      expect(scoreCorpus([{ scores: Array(2000).fill(0.5), windows }], profile).score).toBe(0);
    }
  });

  it('does not look at the rows of the probation', () => {
    const windows = [{ first: 50, last: 60 }];
    const scores = Array.from({ length: 100 }, (_, row) => (row < 15 || row === 50 ? 1 : 0));
    expect(scoreCorpus([{ scores, windows }], PROFILES[0]!).score).toBeCloseTo(100, 8);
  });
});
