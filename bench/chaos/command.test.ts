import { expect, it } from 'vitest';
import { parseCommand as parseSoak } from '../soak/command.ts';
import { HELP, parseCommand } from './command.ts';
import { EXPERIMENTS } from './experiments/all-experiments.ts';

it('runs everything unless told', () => {
  expect(parseCommand([]).only).toEqual(EXPERIMENTS.map(({ name }) => name));
  expect(parseCommand(['--only', 'rebalances, slow-network', '--seconds', '30']).only).toEqual([
    'rebalances',
    'slow-network',
  ]);
});

it('says what there is when it does not know a name', () => {
  expect(() => parseCommand(['--only', 'meteorite'])).toThrow(/meteorite.* processor-killed, /);
  expect(() => parseCommand(['--seconds', '3'])).toThrow('whole number from 15');
  expect(() => parseSoak(['--minutes', 'ten'])).toThrow('--minutes');
});

it('has experiments with names of their own, all in the help', () => {
  const names = EXPERIMENTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, does } of EXPERIMENTS) expect(HELP).toContain(`${name.padEnd(20)} ${does}`);
});
