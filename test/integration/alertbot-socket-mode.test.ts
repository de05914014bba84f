import { beforeAll, describe, expect, it } from 'vitest';
import { type AlertbotStage, setAlertbotStage } from '../support/alertbot-stage.ts';
import { eventually } from '../support/eventually.ts';
import { chosen } from '../support/people-in-slack.ts';

let stage: AlertbotStage;

beforeAll(async () => {
  stage = await setAlertbotStage({ socketMode: true });
});

describe('in Socket Mode', () => {
  it('clicks, dialogs, commands and the home work as by HTTP', async () => {
    const { people, rows, bot } = stage;
    const alertId = await rows.held();
    const posted = await people.post(alertId);
    expect(await people.press(posted, 'alert_ack')).toMatchObject({ delivered: true });
    expect(await rows.alert(alertId)).toMatchObject({ status: 'ACK' });
    await people.press(posted, 'alert_resolve');
    const modal = await people.sees('U0KIM', new RegExp(`#${alertId} .*resolve_cause`));
    await people.submit('U0KIM', modal, {
      ...chosen('resolve_decision', 'release'),
      ...chosen('resolve_cause', 'other', 'static_select'),
    });
    expect(await rows.hold(alertId)).toMatchObject({ status: 'CLEARED' });
    await bot.standin.command({
      user_id: 'U0KIM',
      channel: '#sre',
      command: '/holdfast',
      text: `ack ${alertId}`,
    });
    await people.hears('U0KIM', new RegExp(`#${alertId}: Already resolved`));
    await bot.standin.openHome('U0KIM');
    await eventually('the home', () => bot.standin.state().homes.U0KIM);
  });

  it('nothing answers at /slack/events', async () => {
    const response = await fetch(`${stage.bot.url}/slack/events`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
  });

  it('it connects again when Slack wants it to, and when Slack was away', async () => {
    const { people, rows, bot } = stage;
    const posted = await people.post(await rows.held());
    const opened = () => bot.standin.callCounts()['apps.connections.open']?.ok ?? 0;
    const before = opened();
    bot.standin.faults.set({ kind: 'http', status: 503, method: 'apps.connections.open', remaining: 2 });
    bot.standin.refreshSockets();
    await eventually('another connection', () => opened() > before && bot.standin.socketConnected());
    expect(await people.press(posted, 'alert_ack')).toMatchObject({ delivered: true });
    expect(await rows.alert(posted.alertId)).toMatchObject({ status: 'ACK' });
  });
});
