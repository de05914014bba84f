import { randomBytes } from 'node:crypto';
import { deliver } from '../deliver/deliver.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Standin } from '../standin.ts';
import type { Delivery } from '../standin-types.ts';
import { theUser } from './lookups.ts';

/**
 * Opens the App Home: https://docs.slack.dev/reference/events/app_home_opened. Slack would send an event that fails
 * again, up to three times; this does not.
 *
 * @throws {Refusal}
 */
export async function openHome(standin: Standin, userId: string): Promise<Delivery> {
  const user = theUser(standin, userId);
  const view = standin.messages.homes.get(user.id);
  const event = {
    type: 'app_home_opened',
    user: user.id,
    channel: `D0${user.id.slice(2)}`,
    tab: 'home',
    ...(view === undefined ? {} : { view }),
    event_ts: standin.messages.timestamps.next(),
  };
  return (await deliver(standin, { type: 'events_api', payload: eventPayload(standin, event) })).delivery;
}

/** Asks the app for the challenge, as Slack does when a request URL is entered. True when it gives it back. */
export async function verifyRequestUrl(standin: Standin): Promise<boolean> {
  const challenge = randomBytes(16).toString('hex');
  const payload = { token: 'unused', type: 'url_verification', challenge };
  const { delivery, answer } = await deliver(standin, { type: 'events_api', payload });
  const given = isObject(answer) ? answer.challenge : answer;
  return delivery.delivered && given === challenge;
}

function eventPayload(standin: Standin, event: JsonObject): JsonObject {
  const { team, app } = standin.directory;
  return {
    token: 'unused',
    team_id: team.id,
    api_app_id: app.app_id,
    event,
    type: 'event_callback',
    event_id: `Ev${randomBytes(5).toString('hex').toUpperCase()}`,
    event_time: Math.floor(standin.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: app.bot_user_id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}
