import { expect, test } from 'vitest';
import { countTests, summaryLine } from './count-tests.mjs';
import { needsServices } from './run-tests.mjs';

function module(state: string, ...tests: string[]) {
  return {
    state: () => state,
    children: { allTests: () => tests.map((t) => ({ result: () => ({ state: t }) })) },
  };
}

test('counts tests by outcome', () => {
  const counts = countTests([
    module('failed', 'passed', 'failed', 'skipped'),
    module('passed', 'passed', 'pending'),
  ]);
  expect(summaryLine(counts)).toBe('2 passed, 1 failed, 2 skipped');
});

test('a module that could not be loaded is a failure', () => {
  expect(summaryLine(countTests([module('failed'), module('passed', 'passed')]))).toBe(
    '1 passed, 1 failed, 0 skipped',
  );
});

test.each([
  [[], true],
  [['--project', 'unit'], false],
  [['--project=unit', 'domain'], false],
  [['--project', 'unit', '--project', 'stack'], true],
  [['test/integration'], true],
])('arguments %j need services: %s', (args, expected) => {
  expect(needsServices(args)).toBe(expected);
});
