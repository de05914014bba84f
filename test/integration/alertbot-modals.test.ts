import { beforeAll, describe, expect, it } from 'vitest';
import { type AlertbotStage, setAlertbotStage } from '../support/alertbot-stage.ts';
import { eventually } from '../support/eventually.ts';
import { chosen, entered } from '../support/people-in-slack.ts';

const RELEASE = {
  ...chosen('resolve_decision', 'release'),
  ...chosen('resolve_cause', 'customer_confirmed', 'static_select'),
};

let stage: AlertbotStage;

beforeAll(async () => {
  stage = await setAlertbotStage({
    env: { SLACK_OPERATORS_GROUP: 'S0OPS', HOLDFAST_SLACK_GROUP_FROM: '2' },
  });
});

async function openResolve(alertId: number, user = 'U0KIM') {
  const posted = await stage.people.post(alertId);
  expect(await stage.people.press(posted, 'alert_resolve', user)).toMatchObject({ delivered: true });
  return stage.people.sees(user, new RegExp(`#${alertId} .*resolve_cause`));
}

function openViews(user: string): number {
  return stage.bot.standin.state().views.filter((view) => view.user_id === user).length;
}

describe('RESOLVE', () => {
  it('releases the order as decided, with cause and note', async () => {
    const { people, rows } = stage;
    const alertId = await rows.held();
    const modal = await openResolve(alertId);
    const submitted = await people.submit('U0KIM', modal, {
      ...RELEASE,
      ...entered('resolve_note', 'called them'),
    });
    expect(submitted).toMatchObject({ delivered: true });
    expect(submitted.errors).toBeUndefined();
    expect(openViews('U0KIM')).toBe(0);
    expect(await rows.hold(alertId)).toMatchObject({ status: 'CLEARED', ops_operator: 'kim' });
    expect(await rows.audit(alertId)).toMatchObject([
      { action: 'RESOLVE', actor_id: 'U0KIM', note: expect.stringContaining('called them') },
    ]);
    expect((await rows.outbox('holds')).at(-1)).toMatchObject({
      event_type: 'HOLD_CLEARED',
      alert_id: alertId,
    });
  });

  it('cancels the order as decided', async () => {
    const { people, rows } = stage;
    const alertId = await rows.held();
    await people.submit('U0KIM', await openResolve(alertId), {
      ...chosen('resolve_decision', 'cancel'),
      ...chosen('resolve_cause', 'fraud_confirmed', 'static_select'),
    });
    expect(await rows.hold(alertId)).toMatchObject({ status: 'CANCELED' });
    expect((await rows.outbox('holds')).at(-1)).toMatchObject({ event_type: 'CANCELED', alert_id: alertId });
  });

  it('says below each input what is wrong with it, and changes nothing', async () => {
    const { people, rows } = stage;
    const alertId = await rows.held();
    const submitted = await people.submit('U0KIM', await openResolve(alertId), {
      ...chosen('resolve_decision', 'release'),
      ...chosen('resolve_cause', 'fraud_confirmed', 'static_select'),
    });
    expect(submitted.errors).toEqual({ resolve_cause: expect.stringMatching(/./) });
    expect(await rows.alert(alertId)).toMatchObject({ status: 'OPEN', version: 0 });
  });

  it('happens once however often it is submitted', async () => {
    const { people, rows, bot } = stage;
    const alertId = await rows.held();
    const modal = await openResolve(alertId);
    bot.standin.faults.set({ kind: 'duplicate_clicks', times: 5, remaining: 1 });
    expect(await people.submit('U0KIM', modal, RELEASE)).toMatchObject({ delivered: true });
    expect(await rows.audit(alertId)).toHaveLength(1);
    expect((await rows.outbox('holds')).filter((message) => message.alert_id === alertId)).toHaveLength(1);
  });

  it('tells in the modal when somebody else was first', async () => {
    const { people, rows } = stage;
    const alertId = await rows.held();
    const [late, early] = [await openResolve(alertId, 'U0KIM'), await openResolve(alertId, 'U0LEE')];
    await people.submit('U0LEE', early, RELEASE);
    await people.submit('U0KIM', late, RELEASE);
    await people.sees('U0KIM', new RegExp(`#${alertId}: Already resolved by lee`));
    expect(await rows.audit(alertId)).toHaveLength(1);
  });

  it('of an alert that is resolved already only says so', async () => {
    const { people, rows } = stage;
    const alertId = await rows.held();
    const posted = await people.post(alertId);
    await people.submit('U0LEE', await openResolve(alertId, 'U0LEE'), RELEASE);
    await people.press(posted, 'alert_resolve');
    await people.sees('U0KIM', new RegExp(`#${alertId}: Already resolved by lee`));
  });

  it('opens for nobody who is no operator', async () => {
    const { people, rows } = stage;
    const posted = await people.post(await rows.held());
    await people.press(posted, 'alert_resolve', 'U0PARK');
    await people.hears('U0PARK', /Only <!subteam\^S0OPS>/);
    expect(openViews('U0PARK')).toBe(0);
  });
});

describe('the menu of an alert', () => {
  it('snoozes until a time that was chosen, and ends it', async () => {
    const { people, rows } = stage;
    const alertId = await rows.held();
    await people.press(await people.post(alertId), 'alert_more', 'U0KIM', 'snooze');
    const modal = await people.sees('U0KIM', new RegExp(`#${alertId} .*snooze_until`));
    const before = Date.now();
    expect(await people.submit('U0KIM', modal, chosen('snooze_until', '1h'))).toMatchObject({
      delivered: true,
    });
    const { snoozed_until } = await rows.alert(alertId);
    const minutes = ((snoozed_until as Date).getTime() - before) / 60_000;
    expect(Math.round(minutes)).toBe(60);
    await people.press(await people.post(alertId), 'alert_more', 'U0KIM', 'unsnooze');
    expect(await rows.alert(alertId)).toMatchObject({ status: 'OPEN', snoozed_until: null, version: 2 });
  });

  it('shows the evidence to anybody', async () => {
    const { people, rows } = stage;
    await people.press(await people.post(await rows.held()), 'alert_more', 'U0PARK', 'evidence');
    await people.sees('U0PARK', /user_id is missing/);
  });
});

describe('the message of a group', () => {
  async function group(size: number) {
    const { rows, bot } = stage;
    const key = `group-${Math.random()}`;
    const ids: number[] = [];
    for (let index = 0; index < size; index += 1) ids.push(await rows.held('FUL-INV', key));
    await rows.announce(ids);
    const actionsOf = (text: string) => /"block_id":"group-actions-(\d+)"/.exec(text)?.[1];
    const message = await eventually('the message of the group', async () => {
      const { rows: found } = await stage.pool.query<{ message_id: string; ts: string | null }>(
        `SELECT m.message_id, m.ts FROM slack_messages m WHERE m.group_key = $1 AND m.state = 'sent'`,
        [key],
      );
      const id = found[0]?.message_id;
      const posted = bot.standin.state().messages.find((one) => actionsOf(JSON.stringify(one)) === id);
      return id !== undefined && posted;
    });
    const press = (actionId: string, user = 'U0KIM', option?: string) =>
      bot.standin.act({
        user_id: user,
        channel: message.channel,
        message_ts: message.ts,
        block_id: `group-actions-${actionsOf(JSON.stringify(message))}`,
        action_id: actionId,
        ...(option === undefined ? {} : { selected_option: option }),
      });
    return { ids, press };
  }

  it('ACK acts on every member that is open, in one click', async () => {
    const { people, rows } = stage;
    const { ids, press } = await group(4);
    await rows.change(ids[0] as number, 'ACK', 'lee');
    expect(await press('group_ack')).toMatchObject({ delivered: true });
    const members = await Promise.all(ids.map((id) => rows.alert(id)));
    expect(members.map(({ status, version }) => [status, version])).toEqual(Array(4).fill(['ACK', 1]));
    expect(members.map(({ ops_operator }) => ops_operator)).toEqual(['lee', 'kim', 'kim', 'kim']);
    await people.hears('U0KIM', /3/);
  });

  it('RETRY gives every member a command of its own, once', async () => {
    const { rows, bot } = stage;
    const { ids, press } = await group(3);
    bot.standin.faults.set({ kind: 'duplicate_clicks', times: 4, remaining: 1 });
    await press('group_retry');
    await eventually('the commands', async () => {
      const commands = (await rows.outbox('actions')).map(({ alert_id }) => alert_id);
      return ids.every((id) => commands.filter((one) => one === id).length === 1);
    });
  });

  it('RESOLVE decides about all orders at once', async () => {
    const { people, rows } = stage;
    const { ids, press } = await group(3);
    await press('group_resolve', 'U0LEE');
    await people.submit('U0LEE', await people.sees('U0LEE', /3 .*resolve_cause/), RELEASE);
    for (const id of ids)
      expect(await rows.hold(id)).toMatchObject({ status: 'CLEARED', ops_operator: 'lee' });
    await people.hears('U0LEE', /3/);
  });

  it('shows every member, page by page', async () => {
    const { people, bot } = stage;
    const { ids, press } = await group(45);
    await press('group_show', 'U0PARK');
    const modal = await people.sees('U0PARK', new RegExp(`#${ids[0]} `));
    expect(JSON.stringify(modal.view.blocks)).not.toContain(`#${ids[44]} `);
    await bot.standin.act({
      user_id: 'U0PARK',
      view_id: modal.id,
      block_id: 'members-turn',
      action_id: 'page_next',
    });
    await people.sees('U0PARK', new RegExp(`#${ids[44]} `));
  });
});
