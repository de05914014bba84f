import type { AlertKind } from '../../domain/alerts/alert.ts';
import type { Queryable } from '../../platform/database/database.ts';

/**
 * Follows a change of the configured channels: what belongs to one that is configured no more belongs to the one its
 * kind of alert has now. What is in Slack stays there.
 */
export async function rehomeMessages(
  db: Queryable,
  channels: Readonly<Record<AlertKind, string>>,
  targets: readonly string[],
): Promise<number> {
  const { rowCount } = await db.query({
    name: 'rehome_slack_messages',
    text: `UPDATE slack_messages SET home = $1::jsonb->>kind, target = $1::jsonb->>kind
           WHERE target <> ALL($2::text[]) AND state NOT IN ('gone', 'dead')`,
    values: [JSON.stringify(channels), targets],
  });
  return rowCount ?? 0;
}
