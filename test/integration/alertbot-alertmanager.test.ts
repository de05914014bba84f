import { beforeAll, describe, expect, it } from 'vitest';
import { type AlertbotStage, setAlertbotStage } from '../support/alertbot-stage.ts';
import { eventually } from '../support/eventually.ts';
import { runAlertbot, WEBHOOK_TOKEN } from '../support/running-alertbot.ts';
import { addressOf, tcpProxy, urlThrough } from '../support/tcp-proxy.ts';

/** What Go writes for "not yet". */
const ZERO = '0001-01-01T00:00:00Z';
const STARTS = '2026-03-01T09:00:00.123456789+09:00';
const STARTED = '2026-03-01T00:00:00.123456Z';
const ENDS = '2026-03-01T09:10:00+09:00';

let stage: AlertbotStage;
let last = 0;

beforeAll(async () => {
  stage = await setAlertbotStage();
});

function fingerprint(): string {
  last += 1;
  return `f1e2d3c4b5a6${String(last).padStart(4, '0')}`;
}

function firing(of: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    status: 'firing',
    labels: { alertname: 'HoldfastLag', severity: 'critical', partition: '3' },
    annotations: { summary: 'Partition 3 is\n  60 s behind', runbook_url: 'https://runbooks.example/lag' },
    startsAt: STARTS,
    endsAt: ZERO,
    generatorURL: 'http://prometheus:9090/graph?g0.expr=lag',
    fingerprint: of,
    ...more,
  };
}

const resolved = (of: string, more: Record<string, unknown> = {}) =>
  firing(of, { status: 'resolved', endsAt: ENDS, ...more });

async function notify(
  alerts: unknown[],
  options: { token?: string | null; url?: string; body?: string } = {},
) {
  const token = options.token === undefined ? WEBHOOK_TOKEN : options.token;
  const response = await fetch(`${options.url ?? stage.bot.url}/webhooks/alertmanager`, {
    method: 'POST',
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    body:
      options.body ??
      JSON.stringify({
        version: '4',
        groupKey: '{}:{alertname="HoldfastLag"}',
        truncatedAlerts: 0,
        status: 'firing',
        receiver: 'holdfast',
        groupLabels: {},
        commonLabels: {},
        commonAnnotations: {},
        externalURL: 'http://alertmanager:9093',
        alerts,
      }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function episodes(of: string): Promise<Record<string, unknown>[]> {
  const { rows } = await stage.pool.query('SELECT * FROM alerts WHERE dedup_key LIKE $1 ORDER BY opened_at', [
    `prometheus/${of}/%`,
  ]);
  return rows;
}

describe('POST /webhooks/alertmanager', () => {
  it('raises an alert of kind PIPELINE, and its message appears in Slack', async () => {
    const of = fingerprint();
    expect(await notify([firing(of)])).toMatchObject({ status: 200, body: { opened: 1, closed: 0 } });
    const [alert] = await episodes(of);
    expect(alert).toMatchObject({
      dedup_key: `prometheus/${of}/${STARTED}`,
      kind: 'PIPELINE',
      severity: 'critical',
      status: 'OPEN',
      subject: 'Partition 3 is 60 s behind',
      group_key: 'PIPELINE/prometheus/HoldfastLag',
      evidence: {
        labels: { partition: '3' },
        annotations: { summary: 'Partition 3 is\n  60 s behind' },
        runbook_url: 'https://runbooks.example/lag',
        generator_url: 'http://prometheus:9090/graph?g0.expr=lag',
      },
    });
    await eventually('its message', () =>
      stage.bot.standin.state().messages.some((message) => JSON.stringify(message).includes('60 s behind')),
    );
  });

  it('closes it when it is over, at its end, and nobody has to do it again', async () => {
    const of = fingerprint();
    await notify([firing(of)]);
    expect((await notify([resolved(of)])).body).toMatchObject({ opened: 0, closed: 1 });
    const [alert] = await episodes(of);
    expect(alert).toMatchObject({ status: 'RESOLVED', version: 1, status_since: new Date(ENDS) });
    const audit = await stage.rows.audit(Number(alert?.alert_id));
    expect(audit).toMatchObject([{ action: 'CLOSE', actor: 'alertmanager', source: 'auto' }]);
  });

  it('changes nothing when it is told again, whatever has happened meanwhile', async () => {
    const of = fingerprint();
    await notify([firing(of)]);
    const alertId = Number((await episodes(of))[0]?.alert_id);
    await stage.rows.change(alertId, 'ACK', 'kim');
    expect((await notify([firing(of)])).body).toEqual({ opened: 0, closed: 0, unchanged: 1 });
    expect(await stage.rows.alert(alertId)).toMatchObject({ status: 'ACK', version: 1, ops_operator: 'kim' });
    await notify([resolved(of)]);
    await notify([resolved(of)]);
    expect(await stage.rows.audit(alertId)).toHaveLength(2);
    expect(await stage.rows.alert(alertId)).toMatchObject({ status: 'RESOLVED', ops_operator: 'kim' });
  });

  it('takes a rule that fires again for another episode', async () => {
    const of = fingerprint();
    await notify([firing(of)]);
    await notify([resolved(of)]);
    await notify([firing(of, { startsAt: '2026-03-01T11:00:00+09:00' })]);
    expect((await episodes(of)).map(({ status }) => status)).toEqual(['RESOLVED', 'OPEN']);
  });

  it('takes a new episode for the end of an old one whose end was never told', async () => {
    const of = fingerprint();
    await notify([firing(of)]);
    await notify([firing(of, { startsAt: '2026-03-01T11:00:00+09:00' })]);
    expect(await episodes(of)).toMatchObject([
      { status: 'RESOLVED', status_since: new Date('2026-03-01T11:00:00+09:00') },
      { status: 'OPEN' },
    ]);
  });

  it('is not confused by an end that is told before its beginning', async () => {
    const of = fingerprint();
    expect((await notify([resolved(of)])).body).toMatchObject({ opened: 1, closed: 1 });
    await notify([firing(of)]);
    expect(await episodes(of)).toMatchObject([{ status: 'RESOLVED' }]);
    const { rows } = await stage.pool.query(
      'SELECT count(*)::int AS queued FROM slack_alert_log JOIN alerts USING (alert_id) WHERE dedup_key LIKE $1',
      [`prometheus/${of}/%`],
    );
    expect(rows[0]).toEqual({ queued: 0 });
  });

  it('takes an end that is not told for now, and none after now', async () => {
    const [zero, ahead] = [fingerprint(), fingerprint()];
    await notify([resolved(zero, { endsAt: ZERO }), resolved(ahead, { endsAt: '2099-01-01T00:00:00Z' })]);
    for (const of of [zero, ahead]) {
      const since = (await episodes(of))[0]?.status_since as Date;
      expect(Math.abs(since.getTime() - Date.now())).toBeLessThan(600_000);
    }
  });

  it('two at once, as two replicas send them, are one alert each', async () => {
    const many = Array.from({ length: 20 }, fingerprint);
    const answers = await Promise.all([
      notify(many.map((of) => firing(of))),
      notify(many.toReversed().map((of) => firing(of))),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(Number(answers[0]?.body.opened) + Number(answers[1]?.body.opened)).toBe(20);
  });

  it('takes more than a thousand at once', async () => {
    const many = Array.from({ length: 1200 }, fingerprint);
    expect((await notify(many.map((of) => firing(of)))).body).toMatchObject({ opened: 1200 });
    expect((await notify(many.map((of) => resolved(of)))).body).toMatchObject({ closed: 1200 });
  });

  it.each([
    ['no label severity', { labels: { alertname: 'X' } }, 'warning', 'Partition'],
    ['another severity', { labels: { alertname: 'X', severity: 'page' } }, 'warning', 'Partition'],
    ['no summary', { annotations: {} }, 'critical', 'HoldfastLag'],
    ['no name', { labels: {}, annotations: {} }, 'warning', 'unnamed'],
    ['U+0000 and half a pair', { annotations: { summary: 'a\u0000b\ud800' } }, 'critical', 'ab\ufffd'],
    ['a very long summary', { annotations: { summary: 'x'.repeat(5000) } }, 'critical', 'xxx'],
  ])('copes with %s', async (_name, more, severity, subject) => {
    const of = fingerprint();
    expect((await notify([firing(of, more)])).status).toBe(200);
    const [alert] = await episodes(of);
    expect(alert?.severity).toBe(severity);
    expect(alert?.subject).toContain(subject);
    expect(String(alert?.subject).length).toBeLessThanOrEqual(300);
  });

  it.each([
    ['no JSON', '{', /JSON/],
    ['another version', '{"version":"3","alerts":[]}', /version/],
    ['no alerts', '{"version":"4"}', /alerts/],
    [
      'a status that is none',
      JSON.stringify({ version: '4', alerts: [firing('a', { status: 'odd' })] }),
      /status/,
    ],
    [
      'a time that is none',
      JSON.stringify({ version: '4', alerts: [firing('a', { startsAt: 'now' })] }),
      /startsAt/,
    ],
    ['no beginning', JSON.stringify({ version: '4', alerts: [firing('a', { startsAt: ZERO })] }), /startsAt/],
    ['a fingerprint that is none', JSON.stringify({ version: '4', alerts: [firing('a/b')] }), /fingerprint/],
  ])('400 for %s, and nothing is kept', async (_name, body, named) => {
    const answer = await notify([], { body });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toMatch(named);
  });

  it('does not let in without the token, and says what to set where there is none', async () => {
    const of = fingerprint();
    for (const token of [null, 'wrong']) expect((await notify([firing(of)], { token })).status).toBe(401);
    const large = JSON.stringify('x'.repeat(1024 * 1024));
    expect((await notify([], { token: 'wrong', body: large })).status).toBe(401);
    expect(await notify([], { body: large })).toMatchObject({ status: 413, body: { title: 'Too large' } });
    const closed = await runAlertbot({
      databaseUrl: stage.databaseUrl,
      env: { ALERTMANAGER_WEBHOOK_TOKEN: '' },
    });
    const answer = await notify([firing(of)], { url: closed.url });
    expect([answer.status, answer.body.detail]).toEqual([
      503,
      expect.stringContaining('ALERTMANAGER_WEBHOOK_TOKEN is not set'),
    ]);
    expect(await episodes(of)).toEqual([]);
  });

  it('5xx while the database is away, so that Alertmanager sends it again', async () => {
    const wire = await tcpProxy(addressOf(stage.databaseUrl, 5432));
    const bot = await runAlertbot({ databaseUrl: urlThrough(stage.databaseUrl, wire.port) });
    await wire.cut();
    const of = fingerprint();
    expect((await notify([firing(of)], { url: bot.url })).status).toBe(503);
    await wire.mend();
    await eventually(
      'it to be taken',
      async () => (await notify([firing(of)], { url: bot.url })).status === 200,
    );
    expect(await episodes(of)).toHaveLength(1);
  });
});
