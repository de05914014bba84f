import { connect } from 'node:net';
import express from 'express';
import { expect, it, onTestFinished } from 'vitest';
import { createWebApp } from '../http/web-app.ts';
import { createLogger } from '../logger/logger.ts';
import { type CallerLimits, closeServer, listen } from './listen.ts';
import { internalError, notFound } from './problem-json.ts';

const logger = createLogger({ program: 'test', level: 'silent' });
const PATIENT: CallerLimits = {
  headersMs: 60_000,
  requestMs: 60_000,
  checkedEveryMs: 1_000,
  connections: 10,
};

async function serve(limits: Partial<CallerLimits> = {}): Promise<{ url: string; port: number }> {
  const app = createWebApp();
  app.post('/', express.json({ limit: '1kb', type: () => true }), (_request, response) => {
    response.json({ taken: true });
  });
  app.get('/broken', () => {
    throw new Error('hunter2 in /secret/place.ts');
  });
  app.use(notFound);
  app.use(internalError(logger));
  const server = await listen(app, '127.0.0.1', 0, 'SOME_PORT', { ...PATIENT, ...limits });
  onTestFinished(async () => {
    server.closeAllConnections();
    await closeServer(server);
  });
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, port };
}

/** Sends this and no more. @returns all that comes until the server ends the connection */
function sendAndWait(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (part: string) => {
      answer += part;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

it('cuts off who does not come to the end of a request', async () => {
  const { port } = await serve({ headersMs: 50, requestMs: 100, checkedEveryMs: 20 });
  expect(await sendAndWait(port, 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')).toMatch(/^HTTP\/1\.1 408 /);
  const unfinished = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{';
  expect(await sendAndWait(port, unfinished)).toMatch(/^HTTP\/1\.1 408 /);
});

it('says how much it takes to who sends more', async () => {
  const { url } = await serve();
  const large = await fetch(url, { method: 'POST', body: JSON.stringify('x'.repeat(2000)) });
  expect(large.status).toBe(413);
  expect(await large.json()).toMatchObject({
    title: 'Too large',
    detail: 'A body may have at most 1024 bytes here. Send less, or in parts.',
  });
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(200);
  expect((await fetch(url, { method: 'POST', body: '{' })).status).toBe(400);
});

it('tells callers neither where it broke nor what it is made of', async () => {
  const { url } = await serve();
  const broken = await fetch(`${url}/broken`);
  expect(broken.status).toBe(500);
  expect(await broken.text()).not.toMatch(/hunter2|place\.ts|\bat /);
  expect(broken.headers.get('x-powered-by')).toBeNull();
  for (const path of ['/broken', '/nothing', '/%'])
    expect(Object.fromEntries((await fetch(url + path)).headers), path).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'content-type': 'application/problem+json; charset=utf-8',
    });
});
