import { describe, expect, it, onTestFinished } from 'vitest';
import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import { HOUR, type Micros } from '../../../domain/time/micros.ts';
import { closeServer, listen } from '../../../platform/health/listen.ts';
import { createLogger } from '../../../platform/logger/logger.ts';
import { signedHeaders } from '../../../processor/webhooks/signature.ts';
import { PlatformWorld } from '../world/platform-world.ts';
import { platformApp } from './platform-app.ts';

const START: Micros = Date.UTC(2026, 2, 4, 3) * 1_000;
const NOW_SECONDS = 1_772_600_000;
const SECRET = Buffer.from('twenty-four bytes of key');
const SIZE = { districts: 2, restaurantsPerDistrict: 2, ordersPerDay: 400 };

async function serve(secrets: readonly Buffer[] = [SECRET]) {
  const world = new PlatformWorld({ seed: 'http', start: START, size: SIZE });
  const logger = createLogger({ program: 'test', level: 'silent' });
  const app = platformApp({ world, secrets, nowSeconds: () => NOW_SECONDS, logger });
  const server = await listen(app, '127.0.0.1', 0, '--port');
  onTestFinished(() => closeServer(server));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const answer = async (response: Response) => ({
    status: response.status,
    ...((await response.json()) as Record<string, unknown>),
    code: response.status,
  });
  const get = async (path: string) => answer(await fetch(url + path));
  const post = async (body: string, headers = signedHeaders('msg_1', NOW_SECONDS, body, [SECRET])) =>
    answer(await fetch(`${url}/actions`, { method: 'POST', headers, body }));
  return { world, get, post };
}

function request(action: string, target: Record<string, string>, more: Record<string, unknown> = {}): string {
  const data = {
    ...{
      action_id: 'I-1/A/T',
      action,
      target,
      parameters: {},
      incident_id: 'I-1',
      cause: 'UNKNOWN',
      probability: 1,
    },
    ...{ decided_at: '2026-03-04T03:00:00Z', valid_until: null, undoes: null, ...more },
  };
  return JSON.stringify({ type: `action.${action.toLowerCase()}`, timestamp: '2026-03-04T03:00:00Z', data });
}

describe('actions that are posted to the platform', () => {
  it('change the world once, however often they come', async () => {
    const { world, post } = await serve();
    world.step(START + HOUR);
    const body = request('RESTAURANT_DEACTIVATE', { restaurant: 'R-0001' });
    const first = await post(body);
    expect(first).toMatchObject({
      code: 200,
      status: 'done',
      reason: '1 restaurant can no longer be chosen.',
    });
    expect(world.restaurants.get('R-0001')?.deactivated).toBe(true);
    world.apply({ ...JSON.parse(body).data, action_id: 'back', action: 'RESTAURANT_REACTIVATE' });
    expect(await post(body)).toEqual(first);
    const again = signedHeaders('msg_2', NOW_SECONDS, body, [SECRET]);
    expect(await post(body, again)).toEqual(first);
    expect(world.restaurants.get('R-0001')?.deactivated).toBe(false);
  });

  it('are refused when they cannot be done, or come too late', async () => {
    const { world, post } = await serve();
    world.step(START + HOUR);
    expect(await post(request('REROUTE', { region: 'Mars' }))).toMatchObject({
      ...{ code: 422, detail: 'There is no region "Mars": use Gangnam-gu, Seocho-gu.' },
    });
    const late = request('REROUTE', {}, { action_id: 'late', valid_until: formatIso8601(START) });
    const headers = signedHeaders('msg_2', NOW_SECONDS, late, [SECRET]);
    expect(await post(late, headers)).toMatchObject({
      code: 422,
      detail: expect.stringContaining('valid until'),
    });
  });

  it('are not listened to without a genuine signature', async () => {
    const { post, world } = await serve();
    const body = request('REROUTE', {});
    const forged = signedHeaders('msg_1', NOW_SECONDS, body, [Buffer.from('another key of 24 bytes!')]);
    const old = signedHeaders('msg_1', NOW_SECONDS - 301, body, [SECRET]);
    const other = signedHeaders('msg_1', NOW_SECONDS, `${body} `, [SECRET]);
    for (const headers of [forged, old, other, {}])
      expect(await post(body, headers)).toMatchObject({ code: 401 });
    expect(
      await post(body, signedHeaders('msg_1', NOW_SECONDS, body, [Buffer.from('old'), SECRET])),
    ).toMatchObject({ code: 200 });
    expect(await post('{', signedHeaders('msg_3', NOW_SECONDS, '{', [SECRET]))).toMatchObject({ code: 400 });
    const odd = request('DANCE', {});
    const signed = signedHeaders('msg_4', NOW_SECONDS, odd, [SECRET]);
    expect(await post(odd, signed)).toMatchObject({
      code: 400,
      detail: expect.stringMatching(/data.action: .*REROUTE/),
    });
    expect(world.now).toBe(START);
    const closed = await serve([]);
    expect(await closed.post(body)).toMatchObject({
      code: 503,
      detail: expect.stringContaining('HOLDFAST_WEBHOOK_SECRET'),
    });
  });
});

describe('what the platform says of its surroundings', () => {
  it('weather, traffic and health, now and before', async () => {
    const { world, get } = await serve();
    const none = { restaurant: null, method: null, reason: null };
    const when = { from: START, to: START + HOUR };
    world.inject({ incidentId: 'w', kind: 'WEATHER', region: 'Gangnam-gu', ...none, ...when, strength: 1 });
    world.inject({ incidentId: 't', kind: 'TRAFFIC', region: 'Seocho-gu', ...none, ...when, strength: 2 });
    world.step(START + 2 * HOUR);
    const at = formatIso8601(START + HOUR / 2);
    expect(await get(`/weather?region=Gangnam-gu&at=${at}`)).toMatchObject({ condition: 'STORM', value: 1 });
    expect(await get('/weather?region=Gangnam-gu')).toMatchObject({ region: 'Gangnam-gu' });
    const jam = (await get(`/traffic?region=Seocho-gu&at=${at}`)) as unknown as { value: number };
    const free = (await get(`/traffic?region=Gangnam-gu&at=${at}`)) as unknown as { value: number };
    expect(jam.value).toBeGreaterThan(1.7);
    expect(free.value).toBeLessThan(1.2);
    expect(await get('/health/routing')).toMatchObject({ code: 200, status: 'ok' });
    expect(await get('/status')).toMatchObject({ now: formatIso8601(world.now), actions: {} });
  });

  it('says what is wrong with a question', async () => {
    const { get } = await serve();
    expect(await get('/weather')).toMatchObject({
      code: 404,
      detail: 'region must be one of Gangnam-gu, Seocho-gu.',
    });
    expect(await get('/traffic?region=Gangnam-gu&at=now')).toMatchObject({ code: 400 });
    const later = formatIso8601(START + HOUR);
    expect(await get(`/weather?region=Gangnam-gu&at=${later}`)).toMatchObject({
      code: 400,
      detail: expect.stringContaining('after the simulated time'),
    });
    expect(await get('/health/kitchen')).toMatchObject({
      code: 404,
      detail: expect.stringContaining('routing'),
    });
    expect(await get('/nothing')).toMatchObject({ code: 404 });
  });
});
