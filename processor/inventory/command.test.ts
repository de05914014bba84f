import { expect, it } from 'vitest';
import { readCommand } from './command.ts';

it('reads what to do', () => {
  expect(readCommand(['check'])).toEqual({ kind: 'check' });
  expect(readCommand(['rebuild'])).toEqual({ kind: 'rebuild' });
  expect(readCommand(['check', '--help'])).toEqual({ kind: 'help' });
  expect(readCommand(['what-if', '--data', 'd'])).toEqual({
    ...{ kind: 'what-if', data: 'd', openingStock: 2, cacheDir: null },
  });
  expect(readCommand(['what-if', '--data', 'd', '--opening-stock', '0', '--cache', 'c'])).toMatchObject({
    ...{ openingStock: 0, cacheDir: 'c' },
  });
});

it.each([
  [[], 'Say what to do'],
  [['sell'], 'no command sell'],
  [['check', 'rebuild'], 'no rebuild after it'],
  [['what-if'], 'needs --data'],
  [['what-if', '--data', 'd', '--opening-stock', '1.5'], 'whole number'],
  [['what-if', '--data', 'd', '--opening-stock', '-1'], 'opening-stock'],
  [['check', '--fast'], '--fast'],
])('refuses %j', (args, reason) => {
  expect(readCommand(args)).toEqual({ kind: 'refused', message: expect.stringContaining(reason) });
});
