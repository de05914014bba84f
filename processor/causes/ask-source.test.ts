import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askSource, type Question } from './ask-source.ts';

const AT = 1_772_000_100 * 1_000_000;

/** A source on this machine. @returns its address */
async function source(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function ask(url: string, more: Partial<Question> = {}, timeoutMs = 5000) {
  const question: Question = { source: 'WEATHER', subject: 'Jung-gu & Co', url, at: AT, ...more };
  return askSource(question, timeoutMs, new AbortController().signal);
}

describe('askSource', () => {
  it('puts region and time into the address, and reads the answer', async () => {
    let asked = '';
    const url = await source((request, response) => {
      asked = request.url ?? '';
      response.end('{"value": 0.7, "text": "rain, 28 mm/h"}');
    });
    const { reading, outcome } = await ask(`${url}/w?region={region}&at={at}`);
    const query = new URL(asked, url).searchParams;
    expect(query.get('region')).toBe('Jung-gu & Co');
    expect(Date.parse(query.get('at') ?? '') * 1000).toBe(AT);
    expect(outcome).toBe('read');
    expect(reading).toEqual({
      source: 'WEATHER',
      subject: 'Jung-gu & Co',
      at: AT,
      value: 0.7,
      text: 'rain, 28 mm/h',
    });
  });

  it.each([
    ['no JSON', 'sunny', 200, 'unusable'],
    ['another JSON', '{"weather":"sunny"}', 200, 'unusable'],
    ['more than anybody asked for', `{"value":0,"text":"${'x'.repeat(70_000)}"}`, 200, 'unusable'],
    ['an error', '{"value":0}', 500, 'failed'],
    ['another address', '{"value":0}', 302, 'failed'],
  ])('has no reading after %s', async (_, body, status, outcome) => {
    const url = await source((_request, response) => {
      response.writeHead(status, { location: '/elsewhere' }).end(body);
    });
    expect(await ask(`${url}/{region}`)).toMatchObject({ reading: null, outcome });
  });

  it.each(['.', '..'])('does not ask about a region that would lead elsewhere: %s', async (subject) => {
    let asked = 0;
    const url = await source((_request, response) => {
      asked += 1;
      response.end('{"value":0}');
    });
    expect(await ask(`${url}/regions/{region}/`, { subject })).toMatchObject({ outcome: 'failed' });
    expect(asked).toBe(0);
    for (const fine of ['a/../b', '../x', '\\..'])
      expect(await ask(`${url}/regions/{region}/`, { subject: fine })).toMatchObject({ outcome: 'read' });
  });

  it('has no reading of a source that never answers, or is not there', async () => {
    const url = await source(() => undefined);
    expect(await ask(`${url}/{region}`, {}, 50)).toMatchObject({ reading: null, outcome: 'failed' });
    expect(await ask('http://127.0.0.1:1/{region}')).toMatchObject({ reading: null, outcome: 'failed' });
  });

  it('reads from a service whether it is well, and that it is not when it says nothing', async () => {
    const well = await source((_, response) => response.writeHead(204).end());
    const ill = await source((_, response) => response.writeHead(503).end());
    const silent = await source(() => undefined);
    const service = { source: 'HEALTH', subject: 'routing' } as const;
    expect((await ask(well, service)).reading).toMatchObject({ value: 1, text: 'answered 204' });
    expect((await ask(ill, service)).reading).toMatchObject({ value: 0, text: 'answered 503' });
    expect((await ask(silent, service, 50)).reading).toMatchObject({
      value: 0,
      text: 'no answer within 50 ms',
    });
    expect((await ask('http://127.0.0.1:1', service)).reading).toMatchObject({ value: 0 });
  });
});
