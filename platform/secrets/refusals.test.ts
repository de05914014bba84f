import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { Refusals } from './refusals.ts';

it('says the first at once, then how many, once a minute, and not what the query had', () => {
  const lines: unknown[] = [];
  let now = 0;
  const logger = { warn: (line: unknown) => void lines.push(line) } as never;
  const refusals = new Refusals(logger, () => now);
  const request = {
    method: 'POST',
    originalUrl: '/api/v1/alerts?token=hunter2',
    socket: { remoteAddress: '10.0.0.9' } as Socket,
  };
  for (now = 0; now < 60_000; now += 100) refusals.note('wrong', request);
  expect(lines).toEqual([
    { problem: 'wrong', requests: 1, method: 'POST', path: '/api/v1/alerts', from: '10.0.0.9' },
  ]);
  refusals.note('wrong', request);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatchObject({ requests: 600 });
});
