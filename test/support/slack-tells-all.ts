import { contentOf } from '../../alertbot/delivery/content.ts';
import { loadSubjects } from '../../alertbot/delivery/subjects.ts';
import { messageSettings } from '../../alertbot/message-settings.ts';
import type { Config } from '../../platform/config/load.ts';
import type { SlackConfig } from '../../platform/config/slack.ts';
import type { Database } from '../../platform/database/database.ts';
import type { StandinMessage } from '../../stack/slack/standin-types.ts';
import type { SlackStandin } from '../../stack/slack/start.ts';
import { eventually } from './eventually.ts';
import { silentLogger } from './orders-processor.ts';

interface Slack {
  readonly standin: SlackStandin;
  readonly config: Config & { slack: SlackConfig };
}

/** How many things the alertbot still has to say, in whichever table they wait. */
export async function unsaid(database: Database): Promise<number> {
  const { rows } = await database.query<{ unsaid: number }>(
    `SELECT (SELECT count(*) FROM slack_alert_log WHERE state <> 'sent') + (SELECT count(*) FROM slack_refresh)
          + (SELECT count(*) FROM slack_replies)
          + (SELECT count(*) FROM slack_messages
             WHERE state IN ('waiting', 'pending', 'sending', 'uncertain')
                OR (state = 'sent' AND parent_id IS NULL AND shown < wanted)) AS unsaid`,
  );
  return rows[0]?.unsaid ?? 0;
}

export async function untilAllIsSaid(
  database: Database,
  explain: () => string,
  timeoutMs = 120_000,
): Promise<void> {
  await eventually('Slack to be told everything', async () => (await unsaid(database)) === 0, {
    timeoutMs,
    everyMs: 250,
    explain,
  });
}

/**
 * Compares Slack with the database: every alert has a message there, once, that shows what the database says of it, and
 * everything that was done to it is told in the thread of that message, once.
 *
 * @returns what is wrong; empty: nothing is
 */
export async function differencesInSlack(database: Database, slack: Slack): Promise<string[]> {
  const all = slack.standin.state().messages.filter(({ ephemeral_to }) => ephemeral_to === undefined);
  const roots = all.filter(({ thread_ts }) => thread_ts === undefined);
  return [
    ...(await missingAlerts(database, roots)),
    ...(await wrongMessages(database, slack, roots)),
    ...(await untold(database, all)),
  ];
}

async function missingAlerts(database: Database, roots: readonly StandinMessage[]): Promise<string[]> {
  const { rows } = await database.query<{ alert_id: number; state: string | null; ts: string | null }>(
    'SELECT a.alert_id, l.state, l.ts FROM alerts a LEFT JOIN slack_alert_log l USING (alert_id)',
  );
  const there = new Set(roots.map(({ ts }) => ts));
  return rows
    .filter(({ state, ts }) => state !== 'sent' || ts === null || !there.has(ts))
    .map(({ alert_id, state, ts }) => `alert ${alert_id} has no message in Slack: ${state} ${ts}`);
}

async function wrongMessages(
  database: Database,
  { config }: Slack,
  roots: readonly StandinMessage[],
): Promise<string[]> {
  const { rows } = await database.query<{
    message_id: number;
    message_key: string;
    group_key: string | null;
    plain: boolean;
  }>(
    `SELECT message_id, message_key, group_key, plain FROM slack_messages WHERE parent_id IS NULL AND state = 'sent'`,
  );
  const drawn = rows.map((row) => ({ messageId: row.message_id, groupKey: row.group_key }));
  const subjects = await loadSubjects(database, drawn, Date.now() * 1000);
  const known = new Set(rows.map((row) => row.message_key));
  const strangers = roots
    .filter(({ metadata }) => !known.has(String(metadata?.event_payload.message_key)))
    .map(({ ts, text }) => `nobody knows of message ${ts}: ${text}`);
  const wrong = rows.flatMap((row) => {
    const copies = roots.filter(({ metadata }) => metadata?.event_payload.message_key === row.message_key);
    const [shown] = copies;
    const subject = subjects.get(row.message_id);
    if (shown === undefined || subject === undefined || copies.length > 1)
      return [`message ${row.message_id} is in Slack ${copies.length} times`];
    const wanted = contentOf(subject, row.plain, messageSettings(config), silentLogger);
    const same =
      wanted.hash === shown.metadata?.event_payload.hash &&
      wanted.message.text === shown.text &&
      wanted.message.attachments[0]?.color === shown.attachments?.[0]?.color;
    return same ? [] : [`message ${row.message_id} shows "${shown.text}", not "${wanted.message.text}"`];
  });
  return [...strangers, ...wrong];
}

interface Deed {
  alert_id: number;
  action: string;
  note: string | null;
  ts: string;
  grouped: boolean;
}

/** What has a note is found by it, so notes have to differ; in the thread of one alert the lines are counted as well. */
async function untold(database: Database, all: readonly StandinMessage[]): Promise<string[]> {
  const { rows } = await database.query<Deed & Record<string, unknown>>(
    `SELECT d.alert_id, d.action, d.note, m.ts, m.group_key IS NOT NULL AS grouped
     FROM alert_actions d JOIN slack_alert_log l USING (alert_id) JOIN slack_messages m USING (message_id)`,
  );
  const threads = new Map<string, string[]>();
  for (const { thread_ts, text } of all) {
    if (thread_ts !== undefined)
      threads.set(thread_ts, [...(threads.get(thread_ts) ?? []), ...text.split('\n')]);
  }
  const noted = rows
    .map((deed) => ({
      deed,
      times: (threads.get(deed.ts) ?? []).filter((line) => line === `> ${deed.note}`),
    }))
    .filter(({ deed, times }) => deed.note !== null && times.length !== 1)
    .map(({ deed, times }) => `alert ${deed.alert_id}: "${deed.note}" is told ${times.length} times`);
  const threadsOfSingles = new Set(rows.filter(({ grouped }) => !grouped).map(({ ts }) => ts));
  const counted = [...threadsOfSingles].flatMap((ts) => {
    const deeds = rows.filter((deed) => deed.ts === ts);
    const lines = (threads.get(ts) ?? []).filter((line) => !line.startsWith('>'));
    return lines.length === deeds.length
      ? []
      : [
          `alert ${deeds[0]?.alert_id}: ${deeds.map(({ action }) => action)} are told as ${lines.join(' | ')}`,
        ];
  });
  return [...noted, ...counted];
}
