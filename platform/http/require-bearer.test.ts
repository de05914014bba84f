import type { Request, Response } from 'express';
import { expect, it } from 'vitest';
import { createLogger } from '../logger/logger.ts';
import { requireBearer } from './require-bearer.ts';

const TOKEN = 'a-token-of-16-chars';
const logger = createLogger({ program: 'test', level: 'silent' });

/** Status the caller gets; 'in' when the request is let through. */
async function answer(token: string | null, authorization: string | undefined): Promise<number | 'in'> {
  return new Promise((resolve) => {
    let status = 200;
    const response = {
      setHeader: () => response,
      status: (code: number) => {
        status = code;
        return response;
      },
      type: () => response,
      json: () => resolve(status),
    };
    const request = { headers: { authorization }, socket: {}, originalUrl: '/' } as Request;
    const handler = requireBearer({ token, variable: 'SOME_TOKEN', program: 'alertbot', logger });
    void handler(request, response as unknown as Response, () => resolve('in'));
  });
}

it.each([`Bearer ${TOKEN}`, `bearer ${TOKEN}`, `Bearer  ${TOKEN} `])('lets %j in', async (shown) => {
  expect(await answer(TOKEN, shown)).toBe('in');
});

it.each([
  undefined,
  '',
  'Bearer',
  'Bearer ',
  TOKEN,
  `Basic ${TOKEN}`,
  `Bearer ${TOKEN}x`,
  `Bearer ${TOKEN} ${TOKEN}`,
  'Bearer null',
])('refuses %j', async (shown) => {
  expect(await answer(TOKEN, shown)).toBe(401);
});

it('takes a token of several words', async () => {
  expect(await answer('sixteen characters', 'Bearer sixteen characters')).toBe('in');
});

it('refuses everything while no token is set', async () => {
  for (const shown of [undefined, 'Bearer null', 'Bearer ', `Bearer ${TOKEN}`]) {
    expect(await answer(null, shown)).toBe(503);
  }
});
