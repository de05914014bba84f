import { beforeAll, describe, expect, it } from 'vitest';
import { type AlertbotStage, setAlertbotStage } from '../support/alertbot-stage.ts';
import { eventually } from '../support/eventually.ts';
import type { PostedAlert } from '../support/people-in-slack.ts';
import { type ProposedAction, proposedAction, standingOf } from '../support/response/proposed-action.ts';

let stage: AlertbotStage;

beforeAll(async () => {
  stage = await setAlertbotStage({ env: { SLACK_OPERATORS_GROUP: 'S0OPS' } });
});

describe('a click', () => {
  it('is committed when it is acknowledged', async () => {
    const { people, rows } = stage;
    const posted = await people.post(await rows.held());
    expect(await people.press(posted, 'alert_ack')).toMatchObject({ delivered: true, status: 200 });
    expect(await rows.alert(posted.alertId)).toMatchObject({
      status: 'ACK',
      version: 1,
      ops_operator: 'kim',
      ops_operator_id: 'U0KIM',
    });
    expect(await rows.audit(posted.alertId)).toMatchObject([
      {
        action: 'ACK',
        actor: 'kim',
        actor_id: 'U0KIM',
        source: 'slack',
        status_before: 'OPEN',
        status_after: 'ACK',
      },
    ]);
  });

  it('tells the loser, and nobody else, who was first and when', async () => {
    const { people, rows } = stage;
    const posted = await people.post(await rows.held());
    await people.press(posted, 'alert_ack', 'U0LEE');
    expect(await people.press(posted, 'alert_ack', 'U0KIM')).toMatchObject({ delivered: true });
    const told = await people.hears(
      'U0KIM',
      new RegExp(`#${posted.alertId}: Already acknowledged by lee at \\d\\d:\\d\\d`),
    );
    expect(told.channel).toBe(posted.channel);
    expect(people.whispers('U0LEE').filter(({ text }) => text.includes(`#${posted.alertId}`))).toEqual([]);
    expect(await rows.audit(posted.alertId)).toHaveLength(1);
  });

  it('counts once however often it is delivered, and a double click is not complained about', async () => {
    const { people, rows } = stage;
    const posted = await people.post(await rows.held());
    stage.bot.standin.faults.set({ kind: 'duplicate_clicks', times: 5, remaining: 1 });
    expect(await people.press(posted, 'alert_retry')).toMatchObject({ delivered: true });
    expect(await rows.alert(posted.alertId)).toMatchObject({ status: 'RETRY_REQUESTED', version: 1 });
    await eventually('all five to be answered', async () => (await rows.audit(posted.alertId)).length === 1);
    expect((await rows.outbox('actions')).filter(({ alert_id }) => alert_id === posted.alertId)).toHaveLength(
      1,
    );
    expect(people.whispers('U0KIM').filter(({ text }) => text.includes(`#${posted.alertId}`))).toEqual([]);
  });

  it('has one effect among fifty at once: one transition, one command', async () => {
    const { people, rows } = stage;
    const posted = await people.post(await rows.held());
    const clicks = Array.from({ length: 50 }, (_, index) =>
      people.press(posted, 'alert_retry', index % 2 === 0 ? 'U0KIM' : 'U0LEE'),
    );
    const delivered = await Promise.all(clicks);
    expect(delivered.every((one) => one.delivered)).toBe(true);
    expect(await rows.audit(posted.alertId)).toHaveLength(1);
    expect(await rows.alert(posted.alertId)).toMatchObject({ version: 1 });
    expect((await rows.outbox('actions')).filter(({ alert_id }) => alert_id === posted.alertId)).toHaveLength(
      1,
    );
  });

  it('of somebody who is no operator changes nothing', async () => {
    const { people, rows } = stage;
    const posted = await people.post(await rows.held());
    expect(await people.press(posted, 'alert_ack', 'U0PARK')).toMatchObject({ delivered: true });
    await people.hears('U0PARK', /Only <!subteam\^S0OPS> may do this/);
    expect(await rows.alert(posted.alertId)).toMatchObject({ status: 'OPEN', version: 0 });
  });

  it('for RETRY where there is nothing to do again is refused', async () => {
    const { people, rows } = stage;
    const alertId = await rows.held();
    const posted = await people.post(alertId);
    await stage.pool.query(
      `UPDATE holds SET status = 'CLEARED', closed_at = now() FROM alerts a
                      WHERE a.hold_id = holds.hold_id AND a.alert_id = $1`,
      [alertId],
    );
    await people.press(posted, 'alert_retry');
    await people.hears('U0KIM', new RegExp(`#${alertId}: there is no hold`));
    expect(await rows.audit(alertId)).toEqual([]);
  });
});

describe('a click on Approve or Reject', () => {
  const asked = async (minutes?: number): Promise<ProposedAction & { posted: PostedAlert }> => {
    const proposed = await proposedAction(stage.pool, minutes);
    return { ...proposed, posted: await stage.people.post(proposed.alertId) };
  };
  const press = (posted: PostedAlert, button: string, user?: string) =>
    stage.people.pressIn(posted, 'action-decide-0', button, user);

  it('is committed, with its audit, when it is acknowledged, and leaves the alert as it is', async () => {
    const { alertId, actionId, posted } = await asked();
    expect(await press(posted, 'action_approve')).toMatchObject({ delivered: true, status: 200 });
    expect(await standingOf(stage.pool, actionId)).toEqual({
      status: 'APPROVED',
      decided_by: 'kim',
      decided_by_id: 'U0KIM',
    });
    expect(await stage.rows.audit(alertId)).toMatchObject([
      { action: 'APPROVE', actor: 'kim', actor_id: 'U0KIM', source: 'slack', status_after: 'OPEN' },
    ]);
    expect(await stage.rows.alert(alertId)).toMatchObject({ status: 'OPEN', version: 0 });
    // The alert itself is acted on as any other.
    expect(await stage.people.press(posted, 'alert_ack')).toMatchObject({ delivered: true });
    expect(await stage.rows.alert(alertId)).toMatchObject({ status: 'ACK', version: 1 });
  });

  it('has one effect among fifty at once, and tells the losers', async () => {
    const { alertId, actionId, posted } = await asked();
    const clicks = Array.from({ length: 50 }, (_, index) =>
      press(
        posted,
        index % 2 === 0 ? 'action_approve' : 'action_reject',
        index % 2 === 0 ? 'U0KIM' : 'U0LEE',
      ),
    );
    expect((await Promise.all(clicks)).every(({ delivered }) => delivered)).toBe(true);
    const { status, decided_by_id } = await standingOf(stage.pool, actionId);
    expect(`${status} ${decided_by_id}`).toMatch(/^(APPROVED U0KIM|REJECTED U0LEE)$/);
    expect(await stage.rows.audit(alertId)).toHaveLength(1);
    await stage.people.hears(status === 'APPROVED' ? 'U0LEE' : 'U0KIM', /already (approved|rejected) by/i);
  });

  it('that comes too late, or is of somebody who is no operator, does nothing and says so', async () => {
    const late = await asked(0);
    expect(await press(late.posted, 'action_approve')).toMatchObject({ delivered: true });
    await stage.people.hears('U0KIM', /too late to decide/i);
    expect(await standingOf(stage.pool, late.actionId)).toMatchObject({
      status: 'EXPIRED',
      decided_by: null,
    });
    const foreign = await asked();
    expect(await press(foreign.posted, 'action_approve', 'U0PARK')).toMatchObject({ delivered: true });
    expect(await standingOf(stage.pool, foreign.actionId)).toMatchObject({ status: 'PROPOSED' });
    expect(await stage.rows.audit(foreign.alertId)).toEqual([]);
  });
});
