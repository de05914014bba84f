import { expect, it } from 'vitest';
import { lagPicture } from './lag-picture.ts';
import { markdownOf } from './markdown.ts';
import { type ExperimentResult, exitCodeOf } from './result.ts';
import { lineOf, tableOf } from './table.ts';

const COMPARISON = { what: 'holds', wanted: 3, found: 3, lost: [], doubled: [], wrong: [] };
const RESULT: ExperimentResult = {
  ...{ name: 'x', does: 'kill <it>', outcome: 'ok', notes: [], records: 1_234 },
  faults: [{ what: '<away>', from: 2, to: 4 }],
  samples: [0, 2, 4, 6].map((at) => ({ at, lag: at * 10, unsent: 0 })),
  verdict: { comparisons: [COMPARISON], sentAgain: 0, publishedAgain: 2 },
  recovery: { seconds: 1.5, mostWaiting: 60 },
  rules: { firing: ['ProcessorDown', 'Watchdog'], pending: [] },
};
const BROKEN: ExperimentResult = {
  ...RESULT,
  ...{ name: 'y', outcome: 'broken' },
  verdict: { comparisons: [{ ...COMPARISON, doubled: ['o1 FUL-VALID 1'] }], sentAgain: 0, publishedAgain: 0 },
};
const report = {
  ...{ seed: '1', seconds: 6, rate: 10, native: false, began: 'now' },
  results: [RESULT, BROKEN],
};

it('ends with 1 as soon as one experiment is broken or could not be done', () => {
  expect(exitCodeOf([RESULT, { ...RESULT, outcome: 'skipped' }])).toBe(0);
  expect(exitCodeOf([RESULT, BROKEN])).toBe(1);
  expect(exitCodeOf([{ ...RESULT, outcome: 'failed' }])).toBe(1);
});

it('names what is doubled, and leaves out the alert that always fires', () => {
  expect(lineOf(BROKEN)).toContain('holds: 0 lost, 1 doubled, 0 wrong');
  expect(tableOf(report)).toMatch(/x +ok +1,234 +0 +0 +1\.5 s +ProcessorDown\n/);
  expect(markdownOf(report)).toContain('- holds, doubled: `o1 FUL-VALID 1`');
});

it('draws the fault as a shaded interval, and text as text', () => {
  const svg = lagPicture(RESULT);
  expect(svg).toContain('&lt;away&gt;');
  expect(svg.match(/<polyline/g)).toHaveLength(2);
  expect(svg).not.toContain('NaN');
});
