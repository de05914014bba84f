import type pg from 'pg';
import { alertMessage } from '../../alertbot/messages/alert-message.ts';
import { loadAlertViews } from '../../alertbot/sql/load-alert-views.ts';
import type { OpenView, StandinMessage, ViewValues } from '../../stack/slack/standin-types.ts';
import { eventually } from './eventually.ts';
import { type RunningAlertbot, settingsOf } from './running-alertbot.ts';

/** A message about one alert, with its buttons. */
export interface PostedAlert {
  alertId: number;
  channel: string;
  ts: string;
}

/** What people do and see in Slack. */
export class PeopleInSlack {
  private readonly bot: RunningAlertbot;
  private readonly database: pg.Pool;

  /** @param database with our type parsers: of openDatabase */
  constructor(bot: RunningAlertbot, database: pg.Pool) {
    this.bot = bot;
    this.database = database;
  }

  /** Posts the message of an alert as it is now. It stays like this whatever happens to the alert. */
  async post(alertId: number): Promise<PostedAlert> {
    const [view] = await loadAlertViews(this.database, [alertId], Date.now() * 1000);
    if (view === undefined) throw new Error(`there is no alert ${alertId}`);
    return { alertId, ...(await this.bot.post(alertMessage(view, settingsOf(this.bot)))) };
  }

  press(posted: PostedAlert, actionId: string, user = 'U0KIM', option?: string) {
    return this.pressIn(posted, `alert-actions-${posted.alertId}`, actionId, user, option);
  }

  /** The same of another row of buttons than the alert's own. */
  pressIn(posted: PostedAlert, blockId: string, actionId: string, user = 'U0KIM', option?: string) {
    return this.bot.standin.act({
      user_id: user,
      channel: posted.channel,
      message_ts: posted.ts,
      block_id: blockId,
      action_id: actionId,
      ...(option === undefined ? {} : { selected_option: option }),
    });
  }

  /** What only this person sees, oldest first. */
  whispers(user: string): StandinMessage[] {
    return this.bot.standin.state().messages.filter((message) => message.ephemeral_to === user);
  }

  hears(user: string, part: RegExp): Promise<StandinMessage> {
    return eventually(
      `${user} to be told ${part}`,
      () => this.whispers(user).find(({ text }) => part.test(text)),
      { timeoutMs: 20_000, explain: () => JSON.stringify(this.whispers(user).map(({ text }) => text)) },
    );
  }

  /** The modal on top of what this person has open, once it has a text like this in it. */
  sees(user: string, part: RegExp): Promise<OpenView> {
    const top = () => this.bot.standin.state().views.findLast((view) => view.user_id === user);
    return eventually(
      `${user} to see a modal with ${part}`,
      () => {
        const view = top();
        return view !== undefined && part.test(JSON.stringify(view.view.blocks)) && view;
      },
      { timeoutMs: 20_000, explain: () => JSON.stringify(top()) },
    );
  }

  submit(user: string, view: OpenView, values: ViewValues) {
    return this.bot.standin.submitView({ user_id: user, view_id: view.id, values });
  }
}

/** What somebody chose in a list or among radio buttons whose block and action have the same name. */
export function chosen(name: string, value: string, type = 'radio_buttons'): ViewValues {
  return { [name]: { [name]: { type, selected_option: { value } } } };
}

export function entered(name: string, value: string): ViewValues {
  return { [name]: { [name]: { type: 'plain_text_input', value } } };
}
