import { request } from 'node:http';
import { expect, it } from 'vitest';
import type { SlackStandin } from '../start.ts';
import { standinForTest } from '../testing/standin-for-test.ts';

/** `fetch` would not let a Host or a Sec-Fetch-Site through. */
function statusOf(
  standin: SlackStandin,
  method: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${standin.url}${path}`, { method, headers }, (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject).end();
  });
}

it('lets its own page and programs without a page act, and no other page', async () => {
  const { standin } = await standinForTest();
  const { port } = new URL(standin.url);
  const reset = (headers: Record<string, string>) => statusOf(standin, 'POST', '/standin/reset', headers);
  expect(await reset({})).toBe(200);
  expect(await reset({ origin: standin.url, 'sec-fetch-site': 'same-origin' })).toBe(200);
  expect(await reset({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await reset({ origin: 'null' })).toBe(403);
  expect(await reset({ origin: `http://127.0.0.1:${Number(port) + 1}` })).toBe(403);
  expect(await reset({ 'sec-fetch-site': 'same-site' })).toBe(403);
  expect(await statusOf(standin, 'PUT', '/standin/faults', { origin: 'https://evil.example' })).toBe(403);
  expect(await statusOf(standin, 'DELETE', '/standin/faults', { origin: 'https://evil.example' })).toBe(403);
});

it('answers to local names only, so that nobody can bring it under a name of theirs', async () => {
  const { standin } = await standinForTest();
  const { port } = new URL(standin.url);
  const read = (host: string) => statusOf(standin, 'GET', '/standin/state', { host });
  for (const host of ['localhost', '127.0.0.1', '[::1]', 'standin.localhost']) {
    expect(await read(`${host}:${port}`)).toBe(200);
  }
  for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '192.168.0.7']) {
    expect(await read(host)).toBe(403);
  }
});

it('answers 404 to what is not there, and 413 to what is too much', async () => {
  const { standin } = await standinForTest();
  expect(await statusOf(standin, 'GET', '/nothing')).toBe(404);
  expect(await statusOf(standin, 'GET', '/standin/nothing')).toBe(404);
  const large = await fetch(`${standin.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'x'.repeat(1_100_000) }),
  });
  expect(large.status).toBe(413);
});
