import { beforeAll, describe, expect, it } from 'vitest';
import { type SignedRequest, signedRequest } from '../../stack/slack/deliver/sign.ts';
import { type AlertbotStage, setAlertbotStage } from '../support/alertbot-stage.ts';
import { runAlertbot, SIGNING_SECRET } from '../support/running-alertbot.ts';

let stage: AlertbotStage;

beforeAll(async () => {
  stage = await setAlertbotStage();
});

/** The body of a click on ACK, which nobody has sent yet. */
function ackBody(alertId: number, actionTs = String(Math.random())): string {
  const payload = {
    type: 'block_actions',
    team: { id: 'T0HOLDFAST' },
    user: { id: 'U0KIM', name: 'kim', team_id: 'T0HOLDFAST' },
    trigger_id: '1.2.3',
    channel: { id: 'C0HOLDFAST' },
    actions: [
      {
        type: 'button',
        action_id: 'alert_ack',
        block_id: `alert-actions-${alertId}`,
        value: JSON.stringify({ a: alertId, v: 0 }),
        action_ts: actionTs,
      },
    ],
  };
  return `payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

function send(request: SignedRequest, url = stage.bot.url) {
  return fetch(`${url}/slack/events`, request);
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

describe('a request to /slack/events', () => {
  it('that Slack signed is taken', async () => {
    const alertId = await stage.rows.held();
    const response = await send(signedRequest(ackBody(alertId), { secret: SIGNING_SECRET }));
    expect(response.status).toBe(200);
    expect(await stage.rows.alert(alertId)).toMatchObject({ status: 'ACK' });
  });

  it.each([
    ['signed with another secret', (body: string) => signedRequest(body, { secret: 'another' })],
    [
      'older than five minutes',
      (body: string) => signedRequest(body, { secret: SIGNING_SECRET, timestamp: nowSeconds() - 302 }),
    ],
    [
      'from the future',
      (body: string) => signedRequest(body, { secret: SIGNING_SECRET, timestamp: nowSeconds() + 330 }),
    ],
    [
      'with another body than was signed',
      (body: string) => ({ ...signedRequest(body, { secret: SIGNING_SECRET }), body: `${body}&more=1` }),
    ],
    [
      'without a signature',
      (body: string) => ({
        method: 'POST' as const,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      }),
    ],
  ])('%s is refused and has no effect', async (_name, make) => {
    const alertId = await stage.rows.held();
    const response = await send(make(ackBody(alertId)));
    expect(response.status).toBe(401);
    expect(await stage.rows.alert(alertId)).toMatchObject({ status: 'OPEN', version: 0 });
  });

  it('that is sent again is refused, though the first one changed nothing', async () => {
    const lost = await stage.rows.held();
    await stage.rows.change(lost, 'ACK', 'lee');
    const request = signedRequest(ackBody(lost), { secret: SIGNING_SECRET });
    expect((await send(request)).status).toBe(200);
    await stage.rows.change(lost, 'UNACK', 'lee');
    expect((await send(request)).status).toBe(401);
    expect(await stage.rows.alert(lost)).toMatchObject({ status: 'OPEN', version: 2 });
  });

  it('that is sent again at once has one effect', async () => {
    const alertId = await stage.rows.held();
    const request = signedRequest(ackBody(alertId), { secret: SIGNING_SECRET });
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await send(request)).status));
    expect(statuses.sort()).toEqual([200, ...Array(19).fill(401)]);
    expect(await stage.rows.audit(alertId)).toHaveLength(1);
  });

  it('that another alertbot has had is refused: the database remembers', async () => {
    const other = await runAlertbot({ databaseUrl: stage.databaseUrl });
    const alertId = await stage.rows.held();
    const request = signedRequest(ackBody(alertId), { secret: SIGNING_SECRET });
    expect((await send(request)).status).toBe(200);
    await stage.rows.change(alertId, 'UNACK', 'lee');
    const again = await send(request, other.url);
    expect(again.status).toBe(401);
    expect(again.headers.get('content-type')).toMatch(/problem\+json/);
    expect(await stage.rows.alert(alertId)).toMatchObject({ status: 'OPEN', version: 2 });
  });

  it('that carries the same click under a new signature is acknowledged, and does it once', async () => {
    const alertId = await stage.rows.held();
    const body = ackBody(alertId, '1700000000.000100');
    const first = signedRequest(body, { secret: SIGNING_SECRET, timestamp: nowSeconds() - 1 });
    const second = signedRequest(body, { secret: SIGNING_SECRET });
    expect([(await send(first)).status, (await send(second)).status]).toEqual([200, 200]);
    expect(await stage.rows.audit(alertId)).toHaveLength(1);
  });

  it('larger than 1 MB is refused before it is looked at', async () => {
    const body = `payload=${'x'.repeat(1024 * 1024)}`;
    const refused = await send(signedRequest(body, { secret: SIGNING_SECRET }));
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({
      detail: 'A body may have at most 1048576 bytes here. Send less, or in parts.',
    });
  });

  it.each(['payload=%7B', 'payload=[1]', '{', '[]', ''])(
    'that Slack would not send, though signed, is a bad request: %j',
    async (body) => {
      const status = (await send(signedRequest(body, { secret: SIGNING_SECRET }))).status;
      expect([400, 404]).toContain(status);
    },
  );

  it('of somebody of another workspace, in a channel that is shared with it, changes nothing', async () => {
    const alertId = await stage.rows.held();
    const home = encodeURIComponent('"team_id":"T0HOLDFAST"');
    const body = ackBody(alertId).replace(home, encodeURIComponent('"team_id":"T0STRANGER"'));
    expect(body).toContain('T0STRANGER');
    expect((await send(signedRequest(body, { secret: SIGNING_SECRET }))).status).toBe(200);
    expect(await stage.rows.alert(alertId)).toMatchObject({ status: 'OPEN', version: 0 });
  });

  it('from a button that nobody knows here is not acknowledged', async () => {
    const body = ackBody(1).replace('alert_ack', 'alert_of_tomorrow');
    expect((await send(signedRequest(body, { secret: SIGNING_SECRET }))).status).toBe(404);
  });

  it('for the URL verification is answered with the challenge', async () => {
    expect(await stage.bot.standin.verifyRequestUrl()).toBe(true);
  });
});

it('counts what was refused', async () => {
  const text = await (await fetch(`${stage.bot.url}/metrics`)).text();
  expect(text).toMatch(
    /holdfast_slack_interactions_total\{type="request",outcome="forged",program="alertbot"\} [1-9]/,
  );
  expect(text).toMatch(
    /holdfast_slack_interactions_total\{type="request",outcome="replayed",program="alertbot"\} [1-9]/,
  );
});
