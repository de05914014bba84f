import { expect, it } from 'vitest';
import { readOptions, UsageError, usageText, wholeOption } from './command-line.ts';

const OPTIONS = { rate: { type: 'string', default: '60' }, quiet: { type: 'boolean' } } as const;

it('reads options, with what is taken where one is not given', () => {
  expect(readOptions([], OPTIONS)).toEqual({ rate: '60' });
  expect(readOptions(['--rate', '5', '--quiet'], OPTIONS)).toEqual({ rate: '5', quiet: true });
});

it.each([
  ['an unknown option', ['--speed'], "Unknown option '--speed'"],
  ['an option without its value', ['--rate'], '--rate'],
  ['a value too many', ['--quiet=yes'], '--quiet'],
  ['something that is no option', ['stray'], "Unexpected argument 'stray'"],
])('refuses %s', (_, args, message) => {
  const read = () => readOptions(args, OPTIONS);
  expect(read).toThrow(UsageError);
  expect(read).toThrow(message);
});

it('takes whole numbers within their bounds', () => {
  expect(wholeOption('rate', '5', 1, 5)).toBe(5);
  for (const text of ['0', '6', '1.5', '-1', '', 'x'])
    expect(() => wholeOption('rate', text, 1, 5)).toThrow('--rate must be a whole number from 1 to 5');
});

it('points to the help', () => {
  expect(usageText('soak', new UsageError('no'))).toBe('no\n"npm run soak -- --help" lists the options.\n');
});
