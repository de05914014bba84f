import { describe, expect, it, onTestFinished } from 'vitest';
import { HOUR, YEAR_2000 as START } from '../../domain/time/micros.ts';
import { closeServer, listen } from '../../platform/health/listen.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { SimulatedClock } from '../clock/simulated-clock.ts';
import { control } from './commands.ts';
import { controlApp } from './control-app.ts';
import { readKeys } from './keys.ts';

const TOKEN = 'sixteen characters';

async function serve(token: string | null) {
  const clock = new SimulatedClock({ speed: 60, realNow: () => 0 });
  clock.begin(START);
  const app = controlApp({
    token,
    logger: createLogger({ program: 'test', level: 'silent' }),
    utcOffset: '-03:00',
    status: () => ({ ...clock.status() }),
    command: (command) => control(clock, command),
  });
  const server = await listen(app, '127.0.0.1', 0, 'REPLAY_PORT');
  onTestFinished(() => closeServer(server));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const post = async (path: string, body?: string, authorization = `Bearer ${TOKEN}`) => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { authorization },
      ...(body ? { body } : {}),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    return { status: response.status, state: answer.state, speed: answer.speed, now: answer.now, ...answer };
  };
  return { url, post, clock };
}

describe('the control of a replay', () => {
  it('lets the clock be paused, resumed, sped up and stepped', async () => {
    const { url, post, clock } = await serve(TOKEN);
    expect(await post('/pause')).toMatchObject({ status: 200, state: 'paused' });
    expect(await post('/speed', '{"speed": 3600}')).toMatchObject({ state: 'paused', speed: 3_600 });
    expect(await post('/speed', '{"speed": "faster"}')).toMatchObject({ speed: 21_600 });
    expect(await post('/step', '{"to": "2000-01-05"}')).toMatchObject({ state: 'stepping' });
    expect(clock.status().stepTo).toBe(START + 4 * 24 * HOUR + 3 * HOUR);
    expect(await post('/resume')).toMatchObject({ state: 'running', stepTo: null });
    expect(await post('/step')).toMatchObject({ state: 'stepping', stepTo: START + 24 * HOUR });
    expect(await (await fetch(`${url}/status`)).json()).toMatchObject({ state: 'stepping' });
  });

  it('says what is wrong with a request', async () => {
    const { post } = await serve(TOKEN);
    expect(await post('/speed', '{"speed": "fast"}')).toMatchObject({ status: 400, title: 'Bad request' });
    expect(await post('/speed')).toMatchObject({ status: 400 });
    expect(await post('/step', '{"to": "soon"}')).toMatchObject({ status: 400 });
    expect(await post('/step', 'not json')).toMatchObject({ status: 400 });
    expect(await post('/step', '{"to": "1999-01-01"}')).toMatchObject({ status: 409 });
    expect(await post('/rewind')).toMatchObject({ status: 404 });
  });

  it('lets nobody in without the token', async () => {
    const { post, clock } = await serve(TOKEN);
    expect(await post('/pause', undefined, 'Bearer wrong')).toMatchObject({ status: 401 });
    const closed = await serve(null);
    expect(await closed.post('/pause')).toMatchObject({ status: 503, title: 'Not set up' });
    expect([clock.status().state, closed.clock.status().state]).toEqual(['running', 'running']);
  });

  it('understands keys', () => {
    const told: string[] = [];
    readKeys(' +=-sxq\u0003', { command: ({ name }) => told.push(name), stop: () => told.push('stop') });
    expect(told).toEqual(['toggle', 'faster', 'faster', 'slower', 'next-day', 'stop', 'stop']);
  });
});
