import { beforeAll, describe, expect, it } from 'vitest';
import { type AlertbotStage, setAlertbotStage } from '../support/alertbot-stage.ts';
import { eventually } from '../support/eventually.ts';
import { chosen } from '../support/people-in-slack.ts';

let stage: AlertbotStage;

beforeAll(async () => {
  stage = await setAlertbotStage({ env: { SLACK_OPERATORS_GROUP: 'S0OPS' } });
});

function type(text: string, user = 'U0KIM') {
  return stage.bot.standin.command({ user_id: user, channel: '#sre', command: '/holdfast', text });
}

describe('/holdfast', () => {
  it('explains itself', async () => {
    expect(await type('')).toMatchObject({ delivered: true });
    await stage.people.hears('U0KIM', /\/holdfast list/);
  });

  it('says what is wrong with a command', async () => {
    await type('ack twelve', 'U0LEE');
    await stage.people.hears('U0LEE', /twelve/);
  });

  it('acts, and tells only who typed it', async () => {
    const { rows, people } = stage;
    const alertId = await rows.held();
    expect(await type(`ack ${alertId} on it`)).toMatchObject({ delivered: true });
    expect(await rows.alert(alertId)).toMatchObject({
      status: 'ACK',
      ops_operator_id: 'U0KIM',
      ops_note: 'on it',
    });
    const told = await people.hears('U0KIM', new RegExp(`#${alertId}:`));
    expect(told).toMatchObject({ channel: 'C0SRE', from_command: '/holdfast' });
    await type(`snooze ${alertId} 2h`);
    expect((await rows.alert(alertId)).snoozed_until).toBeInstanceOf(Date);
    await type(`unsnooze ${alertId}`);
    expect(await rows.alert(alertId)).toMatchObject({ snoozed_until: null });
    await type(`resolve ${alertId} cancel twice the same`);
    expect(await rows.hold(alertId)).toMatchObject({ status: 'CANCELED', ops_note: 'twice the same' });
    await type(`retry ${alertId}`);
    await people.hears('U0KIM', new RegExp(`#${alertId}: Already resolved by kim`));
  });

  it('asks for the decision that a hold needs', async () => {
    const { rows, people } = stage;
    const alertId = await rows.held();
    await type(`resolve ${alertId}`);
    const modal = await people.sees('U0KIM', new RegExp(`#${alertId} .*resolve_cause`));
    await people.submit('U0KIM', modal, {
      ...chosen('resolve_decision', 'release'),
      ...chosen('resolve_cause', 'other', 'static_select'),
    });
    expect(await rows.hold(alertId)).toMatchObject({ status: 'CLEARED' });
  });

  it('refuses who is no operator, and shows them what there is all the same', async () => {
    const { rows, people } = stage;
    const alertId = await rows.held();
    await type(`ack ${alertId}`, 'U0PARK');
    await people.hears('U0PARK', /Only <!subteam\^S0OPS>/);
    expect(await rows.alert(alertId)).toMatchObject({ status: 'OPEN' });
    await type('list', 'U0PARK');
    await people.hears('U0PARK', new RegExp(`#${alertId} `));
    await type(`show ${alertId}`, 'U0PARK');
    await eventually('the alert to be shown', () =>
      people.whispers('U0PARK').some((one) => JSON.stringify(one).includes(`alert-actions-${alertId}`)),
    );
  });

  it('knows what is mine', async () => {
    const { rows, people } = stage;
    const alertId = await rows.held();
    await type(`ack ${alertId}`, 'U0LEE');
    await type('list mine', 'U0LEE');
    await people.hears('U0LEE', new RegExp(`#${alertId} .*ACK`));
  });

  it('says so of an alert that does not exist', async () => {
    await type('ack 999999');
    await stage.people.hears('U0KIM', /There is no alert .*999999/);
    await type('show 999998');
    await stage.people.hears('U0KIM', /There is no alert .*999998/);
  });
});

describe('App Home', () => {
  const homeOf = (user: string) => stage.bot.standin.state().homes[user];

  it('shows what there is to do, and is fresh after an action in it', async () => {
    const { rows, bot } = stage;
    const alertId = await rows.held();
    expect(await bot.standin.openHome('U0LEE')).toMatchObject({ delivered: true });
    const home = await eventually('the home of lee', () => homeOf('U0LEE'));
    expect(JSON.stringify(home.blocks)).toContain(`home-alert-${alertId}`);
    await bot.standin.act({
      user_id: 'U0LEE',
      view_id: home.id,
      block_id: `alert-actions-${alertId}`,
      action_id: 'alert_ack',
    });
    expect(await rows.alert(alertId)).toMatchObject({ status: 'ACK', ops_operator_id: 'U0LEE' });
    await eventually('the home to follow', () => {
      const blocks = JSON.stringify(homeOf('U0LEE')?.blocks);
      return !blocks.includes(`"alert-actions-${alertId}"`) && blocks.includes(`#${alertId} `);
    });
  });

  it('shows a refusal as a message to the person', async () => {
    const { rows, bot } = stage;
    const alertId = await rows.held();
    await bot.standin.openHome('U0PARK');
    const home = await eventually('the home of park', () => homeOf('U0PARK'));
    await bot.standin.act({
      user_id: 'U0PARK',
      view_id: home.id,
      block_id: `alert-actions-${alertId}`,
      action_id: 'alert_ack',
    });
    await eventually('the refusal to be sent', () =>
      bot.standin.state().calls.some((one) => one.method === 'chat.postMessage' && one.channel === 'U0PARK'),
    );
    expect(await rows.alert(alertId)).toMatchObject({ status: 'OPEN' });
  });
});
