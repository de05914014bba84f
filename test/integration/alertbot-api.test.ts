import { beforeAll, describe, expect, it } from 'vitest';
import { type AlertbotStage, setAlertbotStage } from '../support/alertbot-stage.ts';
import { proposedAction, standingOf } from '../support/response/proposed-action.ts';
import { API_TOKEN, runAlertbot } from '../support/running-alertbot.ts';

let stage: AlertbotStage;

beforeAll(async () => {
  stage = await setAlertbotStage();
});

interface CallOptions {
  body?: unknown;
  token?: string | null;
  headers?: Record<string, string>;
  url?: string;
}

async function call(method: string, path: string, options: CallOptions = {}, of = 'alerts') {
  const token = options.token === undefined ? API_TOKEN : options.token;
  const response = await fetch(`${options.url ?? stage.bot.url}/api/v1/${of}${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      'content-type': 'application/json',
      ...options.headers,
    },
    ...(options.body === undefined
      ? {}
      : { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
  });
  const body = (await response.json()) as Record<string, unknown>;
  if (response.status >= 400) {
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ status: response.status, detail: expect.stringMatching(/./) });
  }
  return { status: response.status, body };
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  call('POST', path, { body, headers });

describe('POST /api/v1/alerts/:id/:action', () => {
  it('acts, and answers with the new state', async () => {
    const alertId = await stage.rows.held();
    const { status, body } = await post(`/${alertId}/ack`, { actor: 'night shift', note: 'looking' });
    expect([status, body]).toEqual([
      200,
      {
        alert_id: alertId,
        outcome: 'done',
        status: 'ACK',
        version: 1,
        operator: 'night shift',
        operator_id: null,
        status_since: expect.stringMatching(/^\d{4}-.*Z$/),
        action_id: null,
      },
    ]);
    expect(await stage.rows.audit(alertId)).toMatchObject([
      { source: 'api', actor: 'night shift', note: 'looking' },
    ]);
  });

  it('takes back, snoozes, ends a snooze, retries', async () => {
    const alertId = await stage.rows.held();
    const actor = 'script';
    await post(`/${alertId}/ack`, { actor });
    expect((await post(`/${alertId}/unack`, { actor })).body).toMatchObject({ status: 'OPEN' });
    expect((await post(`/${alertId}/snooze`, { actor, minutes: 30 })).status).toBe(200);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect((await post(`/${alertId}/snooze`, { actor, until })).status).toBe(200);
    expect(await stage.rows.alert(alertId)).toMatchObject({ snoozed_until: new Date(until) });
    expect((await post(`/${alertId}/unsnooze`, { actor })).status).toBe(200);
    expect((await post(`/${alertId}/retry`, { actor })).body).toMatchObject({
      status: 'RETRY_REQUESTED',
      action_id: expect.stringMatching(/^retry-/),
    });
  });

  it('says who was first', async () => {
    const alertId = await stage.rows.held();
    await post(`/${alertId}/ack`, { actor: 'lee' });
    const { status, body } = await post(`/${alertId}/resolve`, {
      actor: 'kim',
      decision: 'release',
      version: 0,
    });
    expect(status).toBe(409);
    expect(body.detail).toMatch(/ACK since .*, by lee, version 1/);
    expect(body.alert).toMatchObject({ status: 'ACK', version: 1, operator: 'lee' });
    expect(await stage.rows.hold(alertId)).toMatchObject({ status: 'OPEN' });
  });

  it('says what is missing', async () => {
    const alertId = await stage.rows.held();
    const undecided = await post(`/${alertId}/resolve`, { actor: 'kim' });
    expect([undecided.status, undecided.body.detail]).toEqual([422, expect.stringContaining('decision')]);
    const past = await post(`/${alertId}/snooze`, { actor: 'kim', until: '2026-01-01T00:00:00Z' });
    expect([past.status, past.body.detail]).toEqual([422, expect.stringContaining('future')]);
    const nothing = await post(`/${await stage.rows.pipeline()}/retry`, { actor: 'kim' });
    expect([nothing.status, nothing.body.detail]).toEqual([
      422,
      expect.stringContaining('nothing to do again'),
    ]);
  });

  it('does the same request once', async () => {
    const alertId = await stage.rows.held();
    const same = { 'Idempotency-Key': 'order-7-first' };
    const first = await post(`/${alertId}/retry`, { actor: 'script' }, same);
    const second = await post(`/${alertId}/retry`, { actor: 'script' }, same);
    expect([first.body.outcome, second.body.outcome]).toEqual(['done', 'repeated']);
    expect(second.status).toBe(200);
    expect(await stage.rows.audit(alertId)).toHaveLength(1);
  });

  it.each([
    ['no body', undefined, 'actor'],
    ['a body that is not JSON', '{', 'JSON'],
    ['no actor', {}, 'actor'],
    ['an empty actor', { actor: ' ' }, 'actor'],
    ['an actor of 81 characters', { actor: 'x'.repeat(81) }, 'actor'],
    ['U+0000', { actor: 'a\u0000b' }, 'actor'],
    ['half a surrogate pair', '{"actor":"\\ud800"}', 'actor'],
    ['a decision that is none', { actor: 'kim', decision: 'maybe' }, 'decision'],
    ['a time without an offset', { actor: 'kim', until: '2030-01-01T00:00:00' }, 'until'],
    ['minutes and until', { actor: 'kim', minutes: 5, until: '2030-01-01T00:00:00Z' }, 'minutes'],
    ['minus five minutes', { actor: 'kim', minutes: -5 }, 'minutes'],
    ['a version that is none', { actor: 'kim', version: 'last' }, 'version'],
    ['a misspelt member', { actor: 'kim', nota: 'x' }, 'nota'],
  ])('400 for %s', async (_name, body, named) => {
    const alertId = await stage.rows.held();
    const answer = await call('POST', `/${alertId}/ack`, { body });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain(named);
    expect(await stage.rows.alert(alertId)).toMatchObject({ status: 'OPEN', version: 0 });
  });

  it('404 for an alert or an action that does not exist, 400 for what is no id', async () => {
    expect((await post('/999999/ack', { actor: 'kim' })).status).toBe(404);
    expect((await post('/1/destroy', { actor: 'kim' })).body.detail).toContain('ack, unack');
    expect((await post('/1/constructor', { actor: 'kim' })).status).toBe(404);
    expect((await post('/abc/ack', { actor: 'kim' })).status).toBe(400);
    expect((await post('/99999999999999999999/ack', { actor: 'kim' })).status).toBe(400);
  });
});

describe('GET /api/v1/alerts', () => {
  it('lists the newest first, filtered, page by page', async () => {
    const ids: number[] = [];
    for (let index = 0; index < 5; index += 1) ids.push(await stage.rows.pipeline());
    await stage.rows.change(ids[0] as number, 'ACK', 'lee');
    const page = async (query: string) => {
      const { body } = await call('GET', `?${query}`);
      return {
        ids: (body.alerts as { alert_id: number }[]).map(({ alert_id }) => alert_id),
        next: body.next,
      };
    };
    const newest = ids.toReversed();
    expect(await page('kind=PIPELINE&limit=3')).toEqual({ ids: newest.slice(0, 3), next: newest[2] });
    expect((await page(`kind=PIPELINE&limit=2&after=${newest[2]}`)).ids).toEqual(newest.slice(3, 5));
    expect((await page('status=OPEN,RESOLVED&kind=PIPELINE&severity=warning')).ids).not.toContain(ids[0]);
    expect((await page('status=ACK&kind=PIPELINE')).ids).toEqual([ids[0]]);
    expect((await page('severity=info')).ids).toEqual([]);
  });

  it.each(['status=open', 'kind=X', 'severity=bad', 'limit=0', 'limit=201', 'limit=x', 'after=0', 'nope=1'])(
    '400 for ?%s',
    async (query) => {
      const { status, body } = await call('GET', `?${query}`);
      expect(status).toBe(400);
      expect(body.detail).toContain(query.split('=')[0]);
    },
  );

  it('shows one with its history, without personal data', async () => {
    const alertId = await stage.rows.held();
    await stage.pool.query(`UPDATE alerts SET evidence = '{"user_id": "U-000017"}' WHERE alert_id = $1`, [
      alertId,
    ]);
    await post(`/${alertId}/ack`, { actor: 'night shift' });
    const { status, body } = await call('GET', `/${alertId}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      alert_id: alertId,
      status: 'ACK',
      opened_at: '2026-03-01T00:00:00.000000Z',
      evidence: { user_id: 'U-0***' },
      hold: { reason_code: 'FUL-VALID', status: 'OPEN' },
      audit: [{ action: 'ACK', actor: 'night shift', status_before: 'OPEN', status_after: 'ACK' }],
    });
    expect((await call('GET', '/999999')).status).toBe(404);
  });
});

describe('the token', () => {
  it.each([null, 'wrong', `${API_TOKEN}x`, ''])('%j does not let in', async (token) => {
    const alertId = await stage.rows.held();
    expect((await call('GET', '', { token })).status).toBe(401);
    const large = { actor: 'kim', note: 'x'.repeat(20_000) };
    expect((await call('POST', `/${alertId}/ack`, { token, body: large })).status).toBe(401);
    expect((await call('POST', `/${alertId}/ack`, { body: large })).status).toBe(413);
    expect((await call('POST', `/${alertId}/ack`, { token, body: { actor: 'kim' } })).status).toBe(401);
    expect(await stage.rows.alert(alertId)).toMatchObject({ status: 'OPEN' });
  });

  it('that is not set lets nobody in, and says what to set', async () => {
    const closed = await runAlertbot({ databaseUrl: stage.databaseUrl, env: { HOLDFAST_API_TOKEN: '' } });
    const { status, body } = await call('GET', '', { url: closed.url, token: '' });
    expect([status, body.detail]).toEqual([503, expect.stringContaining('HOLDFAST_API_TOKEN is not set')]);
  });
});

describe('POST /api/v1/actions/:id/:decision', () => {
  const decide = (
    path: string,
    body: unknown = { actor: 'night shift' },
    headers: Record<string, string> = {},
  ) => call('POST', path, { body, headers }, 'actions');

  it('approves or rejects, once', async () => {
    const { alertId, actionId } = await proposedAction(stage.pool);
    const key = { 'idempotency-key': 'one' };
    const first = await decide(`/${actionId}/approve`, { actor: 'night shift', note: 'go' }, key);
    expect([first.status, first.body]).toEqual([
      200,
      {
        action_id: actionId,
        action: 'RIDER_INCENTIVE',
        target: 'region=Gangnam-gu',
        status: 'APPROVED',
        outcome: 'done',
        decided_by: 'night shift',
        decided_by_id: null,
        decided_at: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
    const again = await decide(`/${actionId}/approve`, { actor: 'night shift', note: 'go' }, key);
    expect([again.status, again.body.outcome]).toEqual([200, 'repeated']);
    const other = await decide(`/${actionId}/reject`, { actor: 'day shift' });
    expect([other.status, other.body.action]).toMatchObject([
      409,
      { status: 'APPROVED', decided_by: 'night shift' },
    ]);
    expect(await stage.rows.audit(alertId)).toMatchObject([
      { action: 'APPROVE', source: 'api', note: 'RIDER_INCENTIVE region=Gangnam-gu: go' },
    ]);
  });

  it('says what is wrong, and changes nothing', async () => {
    const { actionId } = await proposedAction(stage.pool);
    const late = await proposedAction(stage.pool, 0);
    expect((await decide(`/${actionId}/approve`, {})).status).toBe(400);
    expect((await decide(`/${actionId}/launch`)).status).toBe(404);
    expect((await decide('/action-of-nobody/approve')).status).toBe(404);
    expect((await decide(`/${late.actionId}/approve`)).status).toBe(409);
    expect(
      (await call('POST', `/${actionId}/approve`, { body: {}, token: 'guessed' }, 'actions')).status,
    ).toBe(401);
    expect(await standingOf(stage.pool, actionId)).toMatchObject({ status: 'PROPOSED' });
  });
});
