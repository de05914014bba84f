import type pg from 'pg';
import { expect } from 'vitest';
import { act } from '../../alertbot/actions/act.ts';
import { Deadline } from '../../alertbot/actions/deadline.ts';
import { decideOnAction } from '../../alertbot/actions/decide-on-action.ts';
import { openDecisionDatabase } from '../../alertbot/actions/open-decision-database.ts';
import type { ChangeRequest } from '../../alertbot/sql/change-alerts.ts';
import { systemClock } from '../../platform/clock/clock.ts';
import { type Database, openDatabase } from '../../platform/database/database.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { AlertRows } from '../support/alert-rows.ts';
import { freshDatabase, skipUnlessNative } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { proposedAction } from '../support/response/proposed-action.ts';

const AT_ONCE = 50;
const logger = createLogger({ program: 'test', level: 'silent' });

function request(alertId: number, more: Partial<ChangeRequest>): ChangeRequest {
  return {
    action: 'RETRY',
    targets: [{ alertId, version: 0 }],
    actor: 'kim',
    actorId: 'U0KIM',
    source: 'slack',
    ...more,
  };
}

/** A database with a pool of as many sessions as there are clicks at once. */
async function stage(): Promise<{
  rows: AlertRows;
  decisions: Database;
  pool: pg.Pool;
  url: string;
  end: () => Promise<void>;
}> {
  const fresh = await freshDatabase();
  const decisions = openDatabase({ url: fresh.url, poolSize: AT_ONCE, program: 'test', logger });
  const pool = fresh.pool();
  return { rows: new AlertRows(pool), decisions, pool, url: fresh.url, end: () => decisions.end() };
}

async function outcomes(decisions: Database, requests: readonly ChangeRequest[]): Promise<string[]> {
  const decided = await Promise.all(
    requests.map((one) => act({ decisions, clock: systemClock, logger }, one, new Deadline(60_000))),
  );
  return decided.map((one) =>
    one.kind === 'changed' ? one.alerts.map(({ outcome }) => outcome).join() : one.kind,
  );
}

const count = (all: readonly string[], outcome: string) => all.filter((one) => one === outcome).length;

skipUnlessNative('fifty people who click at once: one transition, one audit row, one command', async () => {
  const { rows, decisions, end } = await stage();
  const alertId = await rows.held();
  const requests = Array.from({ length: AT_ONCE }, (_, index) =>
    request(alertId, { actor: `person-${index}`, idempotencyKey: `click-${index}` }),
  );
  const all = await outcomes(decisions, requests);
  expect([count(all, 'done'), count(all, 'lost')]).toEqual([1, AT_ONCE - 1]);
  expect(await rows.audit(alertId)).toHaveLength(1);
  expect(await rows.outbox('actions')).toHaveLength(1);
  expect(await rows.alert(alertId)).toMatchObject({ status: 'RETRY_REQUESTED', version: 1 });
  await end();
});

skipUnlessNative(
  'one click that is delivered fifty times at once: done once, repeated otherwise',
  async () => {
    const { rows, decisions, end } = await stage();
    const alertId = await rows.held();
    const all = await outcomes(
      decisions,
      Array.from({ length: AT_ONCE }, () => request(alertId, { idempotencyKey: 'one-click' })),
    );
    expect([count(all, 'done'), count(all, 'repeated')]).toEqual([1, AT_ONCE - 1]);
    expect(await rows.outbox('actions')).toHaveLength(1);
    await end();
  },
);

skipUnlessNative('one signed request that is replayed fifty times at once: taken once', async () => {
  const { rows, decisions, end } = await stage();
  const alerts = await Promise.all(Array.from({ length: 5 }, () => rows.pipeline()));
  const all = await outcomes(
    decisions,
    Array.from({ length: AT_ONCE }, (_, index) =>
      request(alerts[index % alerts.length] as number, { action: 'ACK', requestSignature: 'v0=the-same' }),
    ),
  );
  expect([count(all, 'done'), count(all, 'replayed')]).toEqual([1, AT_ONCE - 1]);
  await end();
});

skipUnlessNative('clicks on many alerts in every order: no deadlock, each done once', async () => {
  const { rows, decisions, end } = await stage();
  const ids: number[] = [];
  for (let index = 0; index < 20; index += 1) ids.push(await rows.held());
  const targets = ids.map((alertId) => ({ alertId, version: null }));
  const requests = Array.from({ length: AT_ONCE }, (_, index) =>
    request(0, {
      action: index % 2 === 0 ? 'ACK' : 'RESOLVE',
      decision: index % 4 === 1 ? 'release' : 'cancel',
      targets: index % 3 === 0 ? targets : targets.toReversed(),
    }),
  );
  const all = await outcomes(decisions, requests);
  expect(all.filter((one) => !/^((done|lost|refused),?)+$/.test(one))).toEqual([]);
  for (const alertId of ids) {
    expect(await rows.alert(alertId)).toMatchObject({ status: 'RESOLVED' });
    const closed = (await rows.outbox('holds')).filter((message) => message.alert_id === alertId);
    expect(closed).toHaveLength(1);
  }
  await end();
});

skipUnlessNative(
  'a click that has to wait for a lock is given up in time, and does not happen later',
  async () => {
    const { rows, decisions: other, url, end } = await stage();
    const decisions = openDecisionDatabase(url, logger);
    const alertId = await rows.held();
    const holder = await other.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM alerts WHERE alert_id = $1 FOR UPDATE', [alertId]);
    const asked = request(alertId, { action: 'ACK', idempotencyKey: 'waits' });
    const decided = await act({ decisions, clock: systemClock, logger }, asked, new Deadline(2700));
    expect(decided).toEqual({ kind: 'away' });
    await holder.query('COMMIT');
    holder.release();
    const waiting = `SELECT count(*)::int AS n FROM pg_stat_activity
                   WHERE datname = current_database() AND query LIKE '%change_alerts%' AND state = 'active'
                     AND pid <> pg_backend_pid()`;
    await eventually('nothing to be under way', async () => (await other.query(waiting)).rows[0].n === 0);
    expect(await rows.alert(alertId)).toMatchObject({ status: 'OPEN', version: 0 });
    await decisions.end();
    await end();
  },
);

skipUnlessNative('fifty people who approve and reject at once: one decision, one audit row', async () => {
  const { rows, decisions, end, pool } = await stage();
  const { alertId, actionId } = await proposedAction(pool);
  const decided = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, index) =>
      decideOnAction(
        { decisions, clock: systemClock, logger },
        {
          actionId,
          decision: index % 2 === 0 ? 'APPROVE' : 'REJECT',
          actor: `person-${index}`,
          actorId: null,
          source: 'api',
        },
        new Deadline(60_000),
      ),
    ),
  );
  const all = decided.map((one) => (one.kind === 'changed' ? one.alerts[0]?.outcome : one.kind) ?? 'nothing');
  expect([count(all, 'done'), count(all, 'lost')]).toEqual([1, AT_ONCE - 1]);
  expect(await rows.audit(alertId)).toHaveLength(1);
  await end();
});
