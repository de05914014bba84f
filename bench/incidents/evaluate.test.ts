import { expect, it } from 'vitest';
import { parseCommand } from './command.ts';
import { evaluate } from './evaluate.ts';

it('finds in a small world what is plain to see', () => {
  const command = parseCommand([
    '--days',
    '1',
    '--warm-up',
    '3',
    '--incidents',
    '3',
    '--size',
    'small',
    '--seed',
    '7',
  ]);
  const shares: number[] = [];
  const { scores, matched } = evaluate(command, (share) => shares.push(share));
  expect(scores).toMatchObject({ injected: 3 });
  expect(matched.judged.find(({ truth }) => truth.kind === 'RIDERS_SHORT')?.delay).not.toBeNull();
  expect(shares.at(-1)).toBe(1);
});

it.each([
  [['--size', 'huge'], /use small, medium, large/],
  [['--days', '0'], /--days must be a whole number from 1/],
  [['--incidents', 'all'], /--incidents must be a whole number/],
  [['--kinds', 'TRAFFIC,FLOOD'], /"FLOOD" is unknown: use RIDERS_SHORT/],
  [['--wat'], /--wat/],
])('refuses %j', (args, message) => {
  expect(() => parseCommand(args)).toThrow(message);
});
