import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type AlertbotStage, setAlertbotStage } from '../support/alertbot-stage.ts';
import { eventually } from '../support/eventually.ts';
import { chosen } from '../support/people-in-slack.ts';
import { untilReady } from '../support/running-alertbot.ts';
import { addressOf, type TcpProxy, tcpProxy, urlThrough } from '../support/tcp-proxy.ts';

/** Slack's own limit. */
const SLACK_MS = 3000;

let stage: AlertbotStage;
let wire: TcpProxy;

beforeAll(async () => {
  stage = await setAlertbotStage({
    // Its transactions would hold the one session of the embedded database for as long as the wire is slow.
    delivers: false,
    slackIsStrict: true,
    through: async (url) => {
      wire = await tcpProxy(addressOf(url, 5432), () => undefined);
      return urlThrough(url, wire.port);
    },
  });
  return () => wire.cut();
});

/** The wire is slow until the test ends. */
function slow(roundTripMs: number): void {
  wire.delay(roundTripMs);
  onTestFinished(() => wire.delay(0));
}

describe('with a database that is two seconds away', () => {
  it('clicks are committed and acknowledged in time, whenever they come', async () => {
    const { people, rows } = stage;
    const posted = [];
    for (let index = 0; index < 3; index += 1) posted.push(await people.post(await rows.held()));
    slow(2000);
    const deliveries = await Promise.all(
      posted.map(async (one, index) => {
        await sleep(index * 900);
        return people.press(one, 'alert_ack');
      }),
    );
    for (const delivery of deliveries) {
      expect(delivery).toMatchObject({ delivered: true, status: 200 });
      expect(delivery.elapsed_ms).toBeGreaterThanOrEqual(2000);
      expect(delivery.elapsed_ms).toBeLessThan(SLACK_MS);
    }
    for (const { alertId } of posted) {
      expect(await rows.alert(alertId)).toMatchObject({ status: 'ACK', version: 1 });
    }
  });

  it('the dialog of RESOLVE opens at once, and what is decided in it is committed in time', async () => {
    const { people, rows } = stage;
    const posted = await people.post(await rows.held());
    slow(2000);
    const opened = await people.press(posted, 'alert_resolve');
    expect(opened).toMatchObject({ delivered: true });
    expect(opened.elapsed_ms).toBeLessThan(2000);
    const modal = await people.sees('U0KIM', new RegExp(`#${posted.alertId} .*resolve_cause`));
    const values = {
      ...chosen('resolve_decision', 'release'),
      ...chosen('resolve_cause', 'other', 'static_select'),
    };
    expect(await people.submit('U0KIM', modal, values)).toMatchObject({ delivered: true });
    expect(await rows.hold(posted.alertId)).toMatchObject({ status: 'CLEARED' });
  });
});

describe('with a connection that is lost on the way back', () => {
  it('a click that was committed is found to be done, and nobody hears of the trouble', async () => {
    const { people, rows } = stage;
    const posted = await people.post(await rows.held());
    slow(1500);
    const pressing = people.press(posted, 'alert_ack', 'U0PARK');
    await eventually('the commit', async () => (await rows.alert(posted.alertId)).status === 'ACK', {
      everyMs: 20,
    });
    wire.delay(0);
    await wire.cut();
    await wire.mend();
    expect(await pressing).toMatchObject({ delivered: true, status: 200 });
    expect(await rows.audit(posted.alertId)).toHaveLength(1);
    expect(people.whispers('U0PARK')).toEqual([]);
  });
});

describe('with a database that is too far away', () => {
  it('says that it does not know, within the time Slack gives', async () => {
    const { people, rows } = stage;
    const posted = await people.post(await rows.held());
    slow(8000);
    expect(await people.press(posted, 'alert_ack', 'U0LEE')).toMatchObject({ delivered: true, status: 200 });
    await people.hears('U0LEE', /There was no answer in time/);
    wire.delay(0);
    await untilReady(stage.bot.url, ['slack']);
  });
});

describe('with a database that is gone', () => {
  it('says so, changes nothing, lives on, and works again when it is back', async () => {
    const { people, rows, bot } = stage;
    const posted = await people.post(await rows.held());
    const dialog = await people.post(await rows.held());
    await people.press(dialog, 'alert_resolve');
    const modal = await people.sees('U0KIM', new RegExp(`#${dialog.alertId} .*resolve_cause`));
    await wire.cut();
    expect(await people.press(posted, 'alert_ack')).toMatchObject({ delivered: true, status: 200 });
    await people.hears('U0KIM', /database cannot be reached; nothing was changed/);
    const submitted = await people.submit('U0KIM', modal, {
      ...chosen('resolve_decision', 'cancel'),
      ...chosen('resolve_cause', 'other', 'static_select'),
    });
    expect(Object.values(submitted.errors ?? {})).toEqual([
      expect.stringMatching(/database cannot be reached/),
    ]);
    expect(await rows.alert(posted.alertId)).toMatchObject({ status: 'OPEN', version: 0 });
    expect(await rows.hold(dialog.alertId)).toMatchObject({ status: 'OPEN' });
    const missed = await eventually('readiness to miss the database', async () => {
      const answer = (await (await fetch(`${bot.url}/readyz`)).json()) as {
        problems: Record<string, string>;
      };
      return answer.problems.database;
    });
    expect(missed).toMatch(/./);
    expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
    await wire.mend();
    await untilReady(bot.url, ['slack']);
    expect(await people.press(posted, 'alert_ack')).toMatchObject({ delivered: true });
    expect(await rows.alert(posted.alertId)).toMatchObject({ status: 'ACK', version: 1 });
    // The same dialog, still open, sent once more.
    await people.submit('U0KIM', modal, {});
    expect(await rows.hold(dialog.alertId)).toMatchObject({ status: 'CANCELED' });
  });

  it('whose connections were lost while nobody looked, the next click just works', async () => {
    const { people, rows } = stage;
    const posted = await people.post(await rows.held());
    await wire.cut();
    await wire.mend();
    expect(await people.press(posted, 'alert_ack')).toMatchObject({ delivered: true });
    expect(await rows.alert(posted.alertId)).toMatchObject({ status: 'ACK', version: 1 });
  });
});
