import type { Database } from '../../../platform/database/database.ts';
import type { StandinMessage } from '../../../stack/slack/standin-types.ts';
import type { Comparison } from './comparison.ts';

/** Where an alert was told, as the database has it. */
export interface ToldAlert {
  alert_id: number;
  state: string | null;
  ts: string | null;
}

/** Every alert in a message that is there, and every message once. */
export async function compareSlack(
  database: Database,
  messages: readonly StandinMessage[],
): Promise<Comparison[]> {
  const { rows } = await database.query<ToldAlert & Record<string, unknown>>(
    'SELECT a.alert_id, l.state, l.ts FROM alerts a LEFT JOIN slack_alert_log l USING (alert_id)',
  );
  const { rows: known } = await database.query<{ message_key: string }>(
    `SELECT message_key::text FROM slack_messages WHERE state = 'sent'`,
  );
  return slackComparisons(
    rows,
    known.map(({ message_key }) => message_key),
    messages,
  );
}

/** The same of what was read. @param known keys of the messages that the database believes to be in Slack */
export function slackComparisons(
  alerts: readonly ToldAlert[],
  known: readonly string[],
  messages: readonly StandinMessage[],
): Comparison[] {
  const roots = messages.filter(({ thread_ts, ephemeral_to }) => (thread_ts ?? ephemeral_to) === undefined);
  const there = new Set(roots.map(({ ts }) => ts));
  const lost = alerts
    .filter(({ state, ts }) => state !== 'sent' || ts === null || !there.has(ts))
    .map(({ alert_id }) => `alert ${alert_id}`);
  const found = messages
    .filter(({ metadata }) => metadata !== undefined)
    .map(({ metadata }) => String(metadata?.event_payload.message_key));
  const copies = new Map<string, number>();
  for (const key of found) copies.set(key, (copies.get(key) ?? 0) + 1);
  const whole = new Set(known);
  return [
    {
      what: 'alerts told in Slack',
      wanted: alerts.length,
      found: alerts.length - lost.length,
      lost,
      doubled: [],
      wrong: [],
    },
    {
      what: 'messages in Slack',
      wanted: known.length,
      found: found.length,
      lost: known.filter((key) => !copies.has(key)),
      doubled: [...copies].filter(([, count]) => count > 1).map(([key]) => key),
      wrong: [...copies.keys()].filter((key) => !whole.has(key)),
    },
  ];
}
