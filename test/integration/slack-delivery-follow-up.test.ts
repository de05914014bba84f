import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { followUp } from '../../alertbot/delivery/follow-up.ts';
import { HOUR, MINUTE, type Micros } from '../../domain/time/micros.ts';
import type { Database } from '../../platform/database/database.ts';
import { type DeliveryRig, deliveryDatabase, deliveryRig } from '../support/delivery/delivery-rig.ts';
import { act, raise } from '../support/delivery/raise.ts';
import { emptyTables } from '../support/empty-tables.ts';

let database: Database;

beforeAll(async () => {
  database = await deliveryDatabase();
});
beforeEach(() => emptyTables(database));

const settings = {
  HOLDFAST_LOCALE: 'en',
  HOLDFAST_REMIND_AFTER_MINUTES: '15',
  HOLDFAST_ESCALATE_AFTER_MINUTES: '30',
  HOLDFAST_UNACK_AFTER_MINUTES: '240',
  HOLDFAST_RETRY_TIMEOUT_MINUTES: '10',
  SLACK_ESCALATION: 'S0ONCALL',
};

/** Time passes; each minute two alertbots look after the alerts, one of them freshly started. */
async function pass(rig: DeliveryRig, duration: Micros): Promise<void> {
  for (let passed = 0; passed < duration; passed += MINUTE) {
    rig.clock.advance(MINUTE);
    await followUp(rig.parts);
    await followUp(rig.another());
    await rig.work();
  }
}

function thread(rig: DeliveryRig): string[] {
  return rig.replies(rig.messages()[0]!).map(({ text }) => text);
}

async function statusOf(alertId: number): Promise<string> {
  const { rows } = await database.query<{ status: string }>('SELECT status FROM alerts WHERE alert_id = $1', [
    alertId,
  ]);
  return rows[0]!.status;
}

async function posted(
  rig: DeliveryRig,
  severity: 'critical' | 'warning' | 'info' = 'warning',
): Promise<number> {
  const [alertId] = await raise(database, [{ dedupKey: 'one', severity }]);
  await rig.work();
  return alertId!;
}

describe('reminders', () => {
  it('come after ever longer periods while nobody acknowledges, once each', async () => {
    const rig = await deliveryRig(database, { settings });
    await posted(rig);
    const start = rig.clock.now();
    await pass(rig, 14 * MINUTE);
    expect(thread(rig)).toHaveLength(0);
    for (const [until, reminders] of [
      [16, 1],
      [44, 1],
      [46, 2],
      [104, 2],
      [106, 3],
      [224, 3],
      [226, 4],
    ] as const) {
      await pass(rig, until * MINUTE - (rig.clock.now() - start));
      expect(thread(rig), `after ${until} minutes`).toHaveLength(reminders);
    }
    expect(thread(rig)[0]).toContain('Reminder');
  });

  it('do not come for what is acknowledged, resolved or only for information', async () => {
    const rig = await deliveryRig(database, { settings });
    const ids = await raise(database, [
      { dedupKey: 'a' },
      { dedupKey: 'b' },
      { dedupKey: 'c', severity: 'info' },
    ]);
    await rig.work();
    await act(database, 'ACK', [ids[0]!], rig.clock.now());
    await act(database, 'RESOLVE', [ids[1]!], rig.clock.now());
    await pass(rig, 3 * HOUR);
    const { rows } = await database.query('SELECT FROM slack_follow_ups');
    expect(rows).toEqual([]);
  });

  it('begin when the message is in Slack, not when the event was, and are sent once after a long silence', async () => {
    const rig = await deliveryRig(database, { settings });
    await posted(rig);
    rig.clock.advance(10 * HOUR);
    await pass(rig, 2 * MINUTE);
    expect(thread(rig)).toHaveLength(1);
  });

  it('are not sent when somebody has acknowledged before they could be', async () => {
    const rig = await deliveryRig(database, { settings });
    const alertId = await posted(rig);
    rig.standin.faults.set({ kind: 'ratelimited', retry_after: 60 });
    await pass(rig, 20 * MINUTE);
    await act(database, 'ACK', [alertId], rig.clock.now());
    rig.standin.faults.clear();
    await pass(rig, 5 * MINUTE);
    expect(thread(rig).join()).toContain('ACK');
    expect(thread(rig).join()).not.toContain('Reminder');
  });
});

describe('escalation', () => {
  it('mentions whoever is configured, for the whole channel to see, once, for critical alerts', async () => {
    const rig = await deliveryRig(database, { settings });
    await posted(rig, 'critical');
    await pass(rig, 29 * MINUTE);
    expect(rig.standin.state().messages.filter(({ reply_broadcast }) => reply_broadcast)).toEqual([]);
    await pass(rig, 3 * HOUR);
    const [escalation, ...others] = rig.standin
      .state()
      .messages.filter(({ reply_broadcast }) => reply_broadcast);
    expect(others).toEqual([]);
    expect(escalation?.mentions).toEqual(['<!subteam^S0ONCALL>']);
  });

  it('happens again after the alert was taken and given back', async () => {
    const rig = await deliveryRig(database, { settings });
    const alertId = await posted(rig, 'critical');
    await pass(rig, 31 * MINUTE);
    await act(database, 'ACK', [alertId], rig.clock.now());
    await pass(rig, 5 * MINUTE);
    await act(database, 'UNACK', [alertId], rig.clock.now());
    await pass(rig, 29 * MINUTE);
    const count = () => rig.standin.state().messages.filter(({ reply_broadcast }) => reply_broadcast).length;
    expect(count()).toBe(1);
    await pass(rig, 2 * MINUTE);
    expect(count()).toBe(2);
  });
});

it('an acknowledgement that nobody goes on with is taken back', async () => {
  const rig = await deliveryRig(database, { settings });
  const alertId = await posted(rig);
  await act(database, 'ACK', [alertId], rig.clock.now());
  await pass(rig, 4 * HOUR - MINUTE);
  expect(await statusOf(alertId)).toBe('ACK');
  await pass(rig, 2 * MINUTE);
  expect(await statusOf(alertId)).toBe('OPEN');
  expect(thread(rig).at(-1)).toContain('automatic');
  expect(rig.messages()[0]?.text).not.toContain('ACK');
});

it('a snooze keeps reminders away, and says when it is over', async () => {
  const rig = await deliveryRig(database, { settings });
  const alertId = await posted(rig, 'critical');
  await act(database, 'SNOOZE', [alertId], rig.clock.now(), { snoozedUntil: rig.clock.now() + 2 * HOUR });
  await pass(rig, 2 * HOUR - MINUTE);
  expect(thread(rig)).toHaveLength(1);
  expect(rig.messages()[0]?.text).toContain('💤');
  await pass(rig, 2 * MINUTE);
  expect(thread(rig)).toHaveLength(2);
  expect(thread(rig)[1]).toContain('The snooze is over');
  expect(rig.messages()[0]?.text).not.toContain('💤');
  await pass(rig, 12 * MINUTE);
  expect(thread(rig)).toHaveLength(2);
  await pass(rig, 5 * MINUTE);
  expect(thread(rig)).toHaveLength(3);
});

it('a retry without a result is given up', async () => {
  const rig = await deliveryRig(database, { settings });
  const alertId = await posted(rig);
  await database.query(
    `UPDATE alerts SET status = 'RETRY_REQUESTED', previous_status = 'OPEN', status_since = $1, version = version + 1`,
    [new Date(rig.clock.now() / 1000).toISOString()],
  );
  await pass(rig, 9 * MINUTE);
  expect(await statusOf(alertId)).toBe('RETRY_REQUESTED');
  await pass(rig, 2 * MINUTE);
  expect(await statusOf(alertId)).toBe('OPEN');
  expect(thread(rig).join()).toContain('gave no result in time');
  const { rows } = await database.query(`SELECT FROM alert_actions WHERE action = 'RETRY_EXPIRED'`);
  expect(rows).toHaveLength(1);
});

it('a group is reminded of in one post', async () => {
  const rig = await deliveryRig(database, { settings });
  await raise(
    database,
    Array.from({ length: 30 }, (_, i) => ({
      dedupKey: `${i}`,
      groupKey: 'PIPELINE/x',
      severity: 'warning' as const,
    })),
  );
  await rig.work();
  await pass(rig, 16 * MINUTE);
  expect(thread(rig)).toHaveLength(1);
  expect(thread(rig)[0]).toContain('30 alerts');
});
