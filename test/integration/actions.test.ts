import { randomBytes } from 'node:crypto';
import { Registry } from 'prom-client';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decideAction } from '../../alertbot/sql/decide-action.ts';
import type { Incident } from '../../domain/incidents/incident.ts';
import { systemClock } from '../../platform/clock/clock.ts';
import type { WebhookConfig } from '../../platform/config/webhooks.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { ActionSender } from '../../processor/response/action-sender.ts';
import { Responder } from '../../processor/response/responder.ts';
import { tellIncidents } from '../../processor/response/tell-incidents.ts';
import { createWebhookMetrics } from '../../processor/webhooks/webhook-metrics.ts';
import { WebhookSender } from '../../processor/webhooks/webhook-sender.ts';
import { freshDatabase } from '../support/database.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { processorDatabase, silentLogger } from '../support/orders-processor.ts';
import {
  ADJUST,
  incident,
  NOON,
  policy,
  rule,
  STEP,
  verdict,
} from '../support/response/made-up-incidents.ts';
import { status, webhookReceiver } from '../support/webhook-receiver.ts';

const ORDERS = 'orders|region=Gangnam-gu';
const INCENTIVE = rule({ action: 'RIDER_INCENTIVE', parameters: { amount: 3000 }, follows: 'orders' });
const ASKED = rule({
  action: 'REROUTE',
  approval: { always: true, moreTargetsThan: null, probabilityBelow: null, within: 6 * STEP },
});
const NOBODY = 'http://127.0.0.1:9/nobody';

let database: Database;

beforeAll(async () => {
  database = processorDatabase((await freshDatabase()).url);
});
beforeEach(() => emptyTables(database));

/** Follows incidents as the sequencer does: a transaction for each step. */
class Following {
  now = NOON;
  readonly responder: Responder;

  constructor(rules = [INCENTIVE]) {
    this.responder = new Responder(policy({ RIDERS_SHORT: rules }), ['platform', 'operations']);
  }

  restore(): Promise<void> {
    return inTransaction(database, (db) => this.responder.restore(db));
  }

  async step(incidents: readonly Incident[], observed = 40): Promise<void> {
    const from = this.now;
    this.now += STEP;
    await inTransaction(database, async (db) => {
      await this.responder.prepare(db);
      const deviations = (key: string) => (key === ORDERS ? verdict(observed) : undefined);
      this.responder.observe({ from, now: this.now, incidents, deviations });
      await tellIncidents(db, incidents);
      await this.responder.persist(db);
    });
    await database.query(`UPDATE sequence_state SET sequenced_to = to_timestamp($1)`, [this.now / 1e6]);
  }
}

const actionSender = () => new ActionSender({ database, logger: silentLogger });

function sender(url: string, config: Partial<WebhookConfig> = {}): WebhookSender {
  const urls = new Map([
    ['platform', url],
    ['operations', url],
  ]);
  return new WebhookSender(
    {
      database,
      logger: silentLogger,
      clock: systemClock,
      metrics: createWebhookMetrics(new Registry()),
      webhooks: { targets: [], receivers: [], urls, secrets: [randomBytes(32)], dryRun: false, ...config },
    },
    { backoff: { firstMs: 0, longestMs: 0 } },
  );
}

interface Row {
  action_id: string;
  action: string;
  status: string;
  target: string;
  is_open: boolean;
  result: { reason: string; uncertain: boolean } | null;
  effect: Record<string, unknown> | null;
}

async function actions(): Promise<Row[]> {
  const { rows } = await database.query<Row & Record<string, unknown>>(
    'SELECT action_id, action, status, target, is_open, result, effect FROM actions ORDER BY at, action_id',
  );
  return rows;
}

const statuses = async () => (await actions()).map((row) => `${row.action} ${row.status}`);

function decide(actionId: string, decision: 'APPROVE' | 'REJECT', actor: string, key = actor) {
  const request = { actionId, decision, actor, actorId: null, source: 'api', idempotencyKey: key } as const;
  return decideAction(database, request, systemClock.now());
}

async function theOnly(): Promise<Row> {
  const [row, ...more] = await actions();
  if (row === undefined || more.length > 0) throw new Error(`there are ${more.length} more`);
  return row;
}

describe('an action', () => {
  it('is decided on, sent, done and followed; found twice, by instances that know nothing of each other, it is sent once', async () => {
    const receiver = await webhookReceiver(status(204));
    const [one, other] = [new Following(), new Following()];
    await one.step([incident(), incident()]);
    await other.step([incident()]);
    expect(await statuses()).toEqual(['RIDER_INCENTIVE SENT']);
    await sender(receiver.url).sendSome();
    expect(receiver.received.map(({ body }) => JSON.parse(body))).toEqual([
      {
        type: 'action.rider_incentive',
        timestamp: expect.any(String),
        data: expect.objectContaining({
          action_id: (await theOnly()).action_id,
          target: { region: 'Gangnam-gu' },
          parameters: { amount: 3000 },
        }),
      },
    ]);
    expect(await theOnly()).toMatchObject({ status: 'DONE', result: { reason: 'taken by the receiver' } });
    for (const observed of [60, 100, 100, 100]) await one.step([incident()], observed);
    expect((await theOnly()).effect).toMatchObject({
      series_key: ORDERS,
      ratio_before: 0.4,
      returned_at: '2026-03-02T12:10:00.000000Z',
      returned_after_seconds: 300,
      observed: 360,
      following: false,
    });
    const { rows: told } = await database.query<{ status: string; effect: { following: boolean } | null }>(
      `SELECT convert_from(record_value, 'UTF8')::jsonb->>'status' AS status,
              convert_from(record_value, 'UTF8')::jsonb->'effect' AS effect
       FROM kafka_outbox WHERE topic = 'actions' ORDER BY outbox_id`,
    );
    expect(told.map((row) => [row.status, row.effect?.following ?? null])).toEqual([
      ['SENT', null],
      ['DONE', null],
      ['DONE', true],
      ['DONE', false],
    ]);
  });

  it('goes on where it was after a restart', async () => {
    const receiver = await webhookReceiver(status(204));
    const first = new Following([ADJUST]);
    await first.step([incident()]);
    await sender(receiver.url).sendSome();
    await first.step([incident()]);
    const second = new Following([ADJUST]);
    second.now = first.now;
    await second.restore();
    await second.step([incident()]);
    await second.step([incident({ closedAt: second.now })]);
    await sender(receiver.url).sendSome();
    await second.step([]);
    expect(await statuses()).toEqual(['PROMISE_ADJUST UNDONE', 'PROMISE_RESTORE DONE']);
    expect(receiver.received).toHaveLength(2);
  });

  it('that its receiver does not take for long is neither forgotten nor done twice', async () => {
    const following = new Following([INCENTIVE]);
    await following.step([incident()]);
    const away = sender(NOBODY);
    for (let attempt = 0; attempt < 5; attempt += 1) await away.sendSome();
    await following.step([incident()]);
    expect(await statuses()).toEqual(['RIDER_INCENTIVE SENT']);
    const receiver = await webhookReceiver(status(204));
    await Promise.all([sender(receiver.url).sendSome(), sender(receiver.url).sendSome()]);
    expect(await statuses()).toEqual(['RIDER_INCENTIVE DONE']);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('that lasts is withdrawn when it is over before it was taken, and taken back when it may have been', async () => {
    const following = new Following([ADJUST]);
    await following.step([incident()]);
    await following.step([incident({ closedAt: following.now })]);
    await actionSender().sendDue();
    expect(await theOnly()).toMatchObject({ status: 'EXPIRED', is_open: true });
    await following.step([]);
    expect(await theOnly()).toMatchObject({ status: 'EXPIRED', is_open: false });

    await emptyTables(database);
    const tried = new Following([ADJUST]);
    await tried.step([incident()]);
    await sender(NOBODY).sendSome();
    await tried.step([incident({ closedAt: tried.now })]);
    await actionSender().sendDue();
    expect(await theOnly()).toMatchObject({ status: 'FAILED', result: { uncertain: true } });
    await tried.step([]);
    expect(await statuses()).toEqual(['PROMISE_ADJUST FAILED', 'PROMISE_RESTORE SENT']);
  });

  it('is marked, and not sent, where webhooks are dry runs', async () => {
    await new Following().step([incident()]);
    const receiver = await webhookReceiver(status(204));
    await sender(receiver.url, { dryRun: true, receivers: ['platform'] }).sendSome();
    expect(await theOnly()).toMatchObject({ status: 'DRY_RUN' });
    expect(receiver.received).toEqual([]);
  });

  it('that its receiver refuses has failed, with an alert; sent again by hand it is done', async () => {
    const refusing = await webhookReceiver(status(422));
    await new Following().step([incident()]);
    await sender(refusing.url).sendSome();
    expect(await theOnly()).toMatchObject({
      status: 'FAILED',
      result: { reason: 'the receiver answered 422', status: 422, attempts: 1, uncertain: false },
    });
    const { rows: alerts } = await database.query(`SELECT kind, subject FROM alerts WHERE kind = 'PIPELINE'`);
    expect(alerts).toEqual([
      { kind: 'PIPELINE', subject: expect.stringContaining('action.rider_incentive') },
    ]);
    await database.query(
      `UPDATE webhook_outbox SET state = 'pending', attempts = 0, due_at = now(), settled_at = NULL WHERE state = 'dead'`,
    );
    expect(await statuses()).toEqual(['RIDER_INCENTIVE SENT']);
    await sender((await webhookReceiver(status(204))).url).sendSome();
    expect(await statuses()).toEqual(['RIDER_INCENTIVE DONE']);
  });
});

describe('an approval', () => {
  it('sends the action; a second one, and a rejection after it, change nothing', async () => {
    const receiver = await webhookReceiver(status(204));
    const following = new Following([ASKED]);
    await following.step([incident()]);
    const { action_id: id } = await theOnly();
    await actionSender().sendDue();
    expect(await statuses()).toEqual(['REROUTE PROPOSED']);
    expect(await decide(id, 'APPROVE', 'kim')).toMatchObject([{ outcome: 'done', status: 'APPROVED' }]);
    expect(await decide(id, 'APPROVE', 'kim')).toMatchObject([{ outcome: 'repeated' }]);
    await Promise.all([actionSender().sendDue(), actionSender().sendDue()]);
    expect(await decide(id, 'REJECT', 'lee')).toMatchObject([
      { outcome: 'lost', status: 'SENT', decidedBy: 'kim' },
    ]);
    expect(await decide(id, 'APPROVE', 'kim')).toMatchObject([{ outcome: 'repeated' }]);
    await sender(receiver.url).sendSome();
    await following.step([incident()]);
    expect(await statuses()).toEqual(['REROUTE DONE']);
    expect(receiver.received).toHaveLength(1);
    const { rows: audit } = await database.query(
      'SELECT action, actor, status_before, status_after, note FROM alert_actions',
    );
    expect(audit).toEqual([
      {
        action: 'APPROVE',
        actor: 'kim',
        status_before: 'OPEN',
        status_after: 'OPEN',
        note: 'REROUTE region=Gangnam-gu',
      },
    ]);
  });

  it('of a signed request that comes again is a replay, and does nothing', async () => {
    await new Following([ASKED]).step([incident()]);
    const { action_id: actionId } = await theOnly();
    const click = {
      actionId,
      actor: 'kim',
      actorId: 'U0KIM',
      source: 'slack',
      requestSignature: 'v0=the-same',
    } as const;
    expect(await decideAction(database, { ...click, decision: 'REJECT' }, systemClock.now())).toMatchObject([
      { outcome: 'done' },
    ]);
    expect(await decideAction(database, { ...click, decision: 'APPROVE' }, systemClock.now())).toBeNull();
    expect(await statuses()).toEqual(['REROUTE REJECTED']);
  });

  it('that is refused sends nothing, and is not asked for again in this incident', async () => {
    const following = new Following([ASKED]);
    await following.step([incident()]);
    const { action_id: id } = await theOnly();
    expect(await decide(id, 'REJECT', 'kim')).toMatchObject([{ outcome: 'done', status: 'REJECTED' }]);
    for (let step = 0; step < 15; step += 1) await following.step([incident()]);
    await actionSender().sendDue();
    expect(await theOnly()).toMatchObject({ status: 'REJECTED', is_open: true });
  });

  it('comes too late by event time as well as by the clock', async () => {
    const following = new Following([ASKED]);
    await following.step([incident()]);
    const { action_id: id } = await theOnly();
    const byClock = {
      actionId: id,
      decision: 'APPROVE',
      actor: 'kim',
      actorId: null,
      source: 'api',
    } as const;
    const later = systemClock.now() + 7 * STEP;
    expect(await decideAction(database, byClock, later)).toMatchObject([
      { outcome: 'expired', status: 'EXPIRED' },
    ]);
    await emptyTables(database);
    const other = new Following([ASKED]);
    await other.step([incident()]);
    await database.query(`UPDATE sequence_state SET sequenced_to = sequenced_to + INTERVAL '30 minutes'`);
    expect(await decide((await theOnly()).action_id, 'APPROVE', 'kim')).toMatchObject([
      { outcome: 'expired' },
    ]);
    await actionSender().sendDue();
    expect(await statuses()).toEqual(['REROUTE EXPIRED']);
    expect(await decide('action-of-nobody', 'APPROVE', 'kim')).toMatchObject([{ outcome: 'unknown' }]);
  });

  it('given when the desk has just let it expire stands, and what it sends is followed up', async () => {
    const following = new Following([{ ...ADJUST, approval: ASKED.approval }]);
    await following.step([incident()]);
    const { action_id: id } = await theOnly();
    // The step is decided on, and not yet committed, when somebody approves.
    const from = following.now;
    following.now += STEP;
    const closing = following.responder;
    await closing.prepare(database);
    closing.observe({
      from,
      now: following.now,
      incidents: [incident({ closedAt: from })],
      deviations: () => undefined,
    });
    await decide(id, 'APPROVE', 'kim');
    await inTransaction(database, (db) => closing.persist(db));
    expect(await theOnly()).toMatchObject({ status: 'APPROVED', is_open: true });
    await actionSender().sendDue();
    expect(await theOnly()).toMatchObject({ status: 'EXPIRED' });
    await following.step([]);
    expect(await theOnly()).toMatchObject({ status: 'EXPIRED', is_open: false });
  });
});

describe('the alert of an incident', () => {
  const alert = async () => {
    const { rows } = await database.query<Record<string, unknown>>('SELECT * FROM alerts');
    expect(rows).toHaveLength(1);
    return rows[0] ?? {};
  };
  const change = (action: string, more: object = {}) =>
    database.query('SELECT outcome FROM change_alerts($1)', [
      JSON.stringify({ action, actor: 'kim', source: 'api', targets: [{ alert_id: 1 }], ...more }),
    ]);

  it('is raised once, says what is known by now, and can be acted on like any other', async () => {
    const following = new Following();
    await following.step([incident({ settledCause: null, severity: 'warning' })]);
    expect(await alert()).toMatchObject({
      kind: 'ANOMALY',
      severity: 'warning',
      status: 'OPEN',
      subject: 'Gangnam-gu: orders, riders_idle not as expected, the cause is being looked for',
    });
    await change('ACK');
    await change('SNOOZE', { snoozed_until: '2200-01-01T00:00:00Z' });
    await following.step([incident()]);
    expect(await alert()).toMatchObject({
      severity: 'critical',
      status: 'ACK',
      ops_operator: 'kim',
      subject: 'Gangnam-gu: riders are short (82 %)',
      evidence: { cause: 'RIDERS_SHORT', probability: 0.82, region: 'Gangnam-gu', incident_id: 'incident-1' },
    });
    await following.step([incident({ closedAt: following.now })]);
    expect(await alert()).toMatchObject({
      status: 'RESOLVED',
      ops_note: 'over after 20 min: riders are short',
    });
    const { rows } = await database.query(
      'SELECT action, status_after FROM alert_actions ORDER BY at, action',
    );
    expect(rows.map(({ action }) => action)).toEqual(['ACK', 'SNOOZE', 'CLOSE']);
  });

  it('stays resolved when somebody has resolved it, while its incident and its actions go on', async () => {
    const following = new Following([ASKED]);
    await following.step([incident()]);
    await change('RESOLVE');
    await following.step([incident({ severity: 'warning' })]);
    expect(await alert()).toMatchObject({ status: 'RESOLVED', severity: 'critical' });
    expect(await decide((await theOnly()).action_id, 'APPROVE', 'lee')).toMatchObject([{ outcome: 'done' }]);
  });

  it('is drawn anew for whatever becomes of its actions', async () => {
    const following = new Following([ASKED]);
    await following.step([incident()]);
    await database.query('DELETE FROM slack_refresh');
    await decide((await theOnly()).action_id, 'REJECT', 'kim');
    const { rows } = await database.query('SELECT alert_id FROM slack_refresh');
    expect(rows).toEqual([{ alert_id: 1 }]);
  });
});
