import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  ALERT_ACTIONS,
  ALERT_STATUSES,
  type AlertAction,
  type AlertStatus,
  nextStatus,
} from '../../domain/alerts/lifecycle.ts';
import { freshDatabase } from '../support/database.ts';

const OPENED = '2026-03-01T00:00:00Z';
const NOW = '2026-03-01T01:00:00Z';

let pool: pg.Pool;
let last = 0;

beforeAll(async () => {
  pool = (await freshDatabase()).pool();
});

interface Changed {
  alert_id: string | null;
  outcome: string;
  status: string | null;
  version: number | null;
  operator: string | null;
  action_id: string | null;
}

async function change(request: Record<string, unknown>): Promise<Changed[]> {
  const { rows } = await pool.query<Changed>('SELECT * FROM change_alerts($1)', [
    JSON.stringify({ actor: 'kim', source: 'slack', now: NOW, ...request }),
  ]);
  return rows;
}

/** An alert in this status; of an open hold, unless another kind is asked for. */
async function alert(status: AlertStatus = 'OPEN', kind = 'HOLD', orderId?: string): Promise<number> {
  last += 1;
  const order = orderId ?? `order-${last}`;
  const hold =
    kind === 'HOLD'
      ? await pool.query<{ hold_id: string }>(
          `INSERT INTO holds (order_id, reason_code, evidence, opened_at) VALUES ($1, $2, '{"a": 1}', $3) RETURNING hold_id`,
          [order, `FUL-${last}`, OPENED],
        )
      : null;
  const { rows } = await pool.query<{ alert_id: string }>(
    `INSERT INTO alerts (dedup_key, kind, severity, status, status_since, subject, evidence, order_id, hold_id, opened_at)
     VALUES ($1, $2, 'warning', $3, $4, 's', '{}', $5, $6, $4) RETURNING alert_id`,
    [`key-${last}`, kind, status, OPENED, order, hold?.rows[0]?.hold_id ?? null],
  );
  return Number(rows[0]?.alert_id);
}

async function row(table: 'alerts' | 'holds', alertId: number): Promise<Record<string, unknown>> {
  const { rows } = await pool.query(
    table === 'alerts'
      ? 'SELECT * FROM alerts WHERE alert_id = $1'
      : 'SELECT h.* FROM holds h JOIN alerts a USING (hold_id) WHERE a.alert_id = $1',
    [alertId],
  );
  return rows[0];
}

async function messages(topic: string): Promise<Record<string, unknown>[]> {
  const { rows } = await pool.query<{ value: Record<string, unknown> }>(
    `SELECT convert_from(record_value, 'UTF8')::jsonb AS value FROM kafka_outbox WHERE topic = $1 ORDER BY outbox_id`,
    [topic],
  );
  return rows.map(({ value }) => value);
}

describe('change_alerts', () => {
  const cases = ALERT_STATUSES.flatMap((status) => ALERT_ACTIONS.map((action) => [status, action] as const));

  it.each(cases)('an alert that is %s, %s: as the domain says', async (status, action) => {
    const alertId = await alert(status);
    const [changed] = await change({
      action,
      targets: [{ alert_id: alertId }],
      decision: 'release',
      snoozed_until: '2026-03-01T02:00:00Z',
    });
    const expected = nextStatus(status, action as AlertAction);
    expect(changed).toMatchObject(
      expected === null
        ? { outcome: 'lost', status, version: 0 }
        : { outcome: 'done', status: expected, version: 1 },
    );
    const audit = await pool.query('SELECT * FROM alert_actions WHERE alert_id = $1', [alertId]);
    expect(audit.rows).toEqual(
      expected === null
        ? []
        : [expect.objectContaining({ action, status_before: status, status_after: expected, actor: 'kim' })],
    );
  });

  it('changes nothing when the version has moved on, and says who was first', async () => {
    const alertId = await alert();
    await change({ action: 'ACK', targets: [{ alert_id: alertId, version: 0 }], actor: 'lee' });
    const [lost] = await change({
      action: 'RESOLVE',
      decision: 'release',
      targets: [{ alert_id: alertId, version: 0 }],
    });
    expect(lost).toMatchObject({ outcome: 'lost', status: 'ACK', version: 1, operator: 'lee' });
    expect(await row('holds', alertId)).toMatchObject({ status: 'OPEN', ops_status: 'ACK' });
  });

  it('does a request once however often it comes', async () => {
    const alertId = await alert();
    const request = {
      action: 'ACK',
      targets: [{ alert_id: alertId, version: 0 }],
      idempotency_key: 'click-1',
    };
    expect((await change(request))[0]).toMatchObject({ outcome: 'done' });
    expect((await change(request))[0]).toMatchObject({ outcome: 'repeated', status: 'ACK', version: 1 });
  });

  it('refuses a request whose signature it has seen, whatever it asks for', async () => {
    const [first, second] = [await alert(), await alert()];
    const signed = { action: 'ACK', request_signature: 'v0=abc' };
    expect(await change({ ...signed, targets: [{ alert_id: first }] })).toMatchObject([{ outcome: 'done' }]);
    expect(await change({ ...signed, targets: [{ alert_id: second }] })).toMatchObject([
      { outcome: 'replayed' },
    ]);
    expect(await row('alerts', second)).toMatchObject({ status: 'OPEN' });
  });

  it('closes the hold of a resolved alert as decided, and tells topic holds', async () => {
    const alertId = await alert();
    const { order_id, reason_code } = await row('holds', alertId);
    await change({ action: 'RESOLVE', decision: 'release', note: 'known', targets: [{ alert_id: alertId }] });
    expect(await row('holds', alertId)).toMatchObject({
      status: 'CLEARED',
      closed_at: new Date(NOW),
      ops_status: 'RESOLVED',
      ops_operator: 'kim',
      ops_note: 'known',
    });
    const audit = await pool.query('SELECT decision FROM alert_actions WHERE alert_id = $1', [alertId]);
    expect(audit.rows).toEqual([{ decision: 'release' }]);
    expect((await messages('holds')).at(-1)).toEqual({
      event_type: 'HOLD_CLEARED',
      event_id: `decision/${reason_code}/1/${order_id}`,
      order_id,
      reason_code,
      episode: 1,
      occurred_at: '2026-03-01T01:00:00.000000Z',
      opened_at: '2026-03-01T00:00:00.000000Z',
      evidence: { a: 1 },
      decided_by: 'kim',
      source: 'slack',
      note: 'known',
      alert_id: alertId,
    });
  });

  it('wants a decision for an open hold', async () => {
    const alertId = await alert();
    expect(await change({ action: 'RESOLVE', targets: [{ alert_id: alertId }] })).toMatchObject([
      { outcome: 'refused' },
    ]);
  });

  it('closes the other holds of a canceled order with it', async () => {
    const [one, other] = [await alert('OPEN', 'HOLD', 'twice'), await alert('ACK', 'HOLD', 'twice')];
    const changed = await change({ action: 'RESOLVE', decision: 'cancel', targets: [{ alert_id: one }] });
    expect(changed).toHaveLength(1);
    expect(await row('holds', other)).toMatchObject({ status: 'CANCELED', ops_status: 'RESOLVED' });
    expect(await row('alerts', other)).toMatchObject({
      status: 'RESOLVED',
      previous_status: 'ACK',
      version: 1,
    });
    const canceled = (await messages('holds')).filter((message) => message.order_id === 'twice');
    expect(canceled.map((message) => message.event_type)).toEqual(['CANCELED', 'CANCELED']);
  });

  it('leaves the other holds of a released order', async () => {
    const [one, other] = [
      await alert('OPEN', 'HOLD', 'held-twice'),
      await alert('OPEN', 'HOLD', 'held-twice'),
    ];
    await change({ action: 'RESOLVE', decision: 'release', targets: [{ alert_id: one }] });
    expect(await row('holds', other)).toMatchObject({ status: 'OPEN' });
  });

  it('sends one command for a RETRY, and refuses it where there is nothing to do again', async () => {
    const held = await alert();
    const finding = await alert('OPEN', 'PIPELINE');
    const changed = await change({ action: 'RETRY', targets: [{ alert_id: held }, { alert_id: finding }] });
    expect(changed).toMatchObject([
      { outcome: 'done', status: 'RETRY_REQUESTED', action_id: `retry-${held}-1` },
      { outcome: 'refused', status: 'OPEN', action_id: null },
    ]);
    const { hold_id, order_id, reason_code } = await row('holds', held);
    expect(await messages('actions')).toContainEqual({
      type: 'command',
      action: 'RETRY_HOLD',
      action_id: `retry-${held}-1`,
      requested_at: '2026-03-01T01:00:00.000000Z',
      requested_by: 'kim',
      alert_id: held,
      alert_version: 1,
      log_id: null,
      hold_id: Number(hold_id),
      order_id,
      reason_code,
      episode: 1,
    });
    const { rows } = await pool.query('SELECT action, status, target FROM actions');
    expect(rows).toContainEqual({ action: 'RETRY_HOLD', status: 'REQUESTED', target: order_id });
  });

  it('keeps a snooze through ACK and ends it with RESOLVE', async () => {
    const alertId = await alert();
    const until = '2026-03-01T05:00:00Z';
    await change({ action: 'SNOOZE', snoozed_until: until, targets: [{ alert_id: alertId }] });
    await change({ action: 'ACK', targets: [{ alert_id: alertId }] });
    expect(await row('alerts', alertId)).toMatchObject({ status: 'ACK', snoozed_until: new Date(until) });
    await change({ action: 'RESOLVE', decision: 'release', targets: [{ alert_id: alertId }] });
    expect(await row('alerts', alertId)).toMatchObject({ snoozed_until: null });
  });

  it('refuses a snooze that is over before it begins', async () => {
    const alertId = await alert();
    const request = { action: 'SNOOZE', snoozed_until: OPENED, targets: [{ alert_id: alertId }] };
    expect(await change(request)).toMatchObject([{ outcome: 'refused' }]);
  });

  it('never ends a status before it began, though the alert is dated ahead', async () => {
    const alertId = await alert();
    await change({ action: 'ACK', now: '2026-02-01T00:00:00Z', targets: [{ alert_id: alertId }] });
    expect(await row('alerts', alertId)).toMatchObject({ status_since: new Date(OPENED) });
  });

  it('counts every change: the sums of state_deltas are the rows', async () => {
    const { rows } = await pool.query(
      `SELECT (SELECT sum(delta) FROM state_deltas WHERE kind = 'hold_open')::int AS held,
              (SELECT count(*) FROM holds WHERE status = 'OPEN')::int AS open_holds,
              (SELECT sum(delta) FROM state_deltas WHERE kind LIKE 'alert\\_%')::int AS counted,
              (SELECT count(*) FROM alerts)::int AS alerts`,
    );
    expect(rows[0].held).toBe(rows[0].open_holds);
    expect(rows[0].counted).toBe(rows[0].alerts);
  });

  it('says so of an alert that does not exist', async () => {
    expect(await change({ action: 'ACK', targets: [{ alert_id: 999_999 }] })).toMatchObject([
      { outcome: 'unknown' },
    ]);
  });
});
