import type { Command } from '../commands/parse-command.ts';
import { messageSettings } from '../message-settings.ts';
import { listReply, MOST_LISTED, showReply } from '../messages/command-reply.ts';
import { databaseAway, unknownAlert } from '../messages/ephemeral.ts';
import type { Reply } from '../messages/slack-message.ts';
import { listUnresolved } from '../sql/list-unresolved.ts';
import { loadAlertViews } from '../sql/load-alert-views.ts';
import { loadAudit } from '../sql/load-audit.ts';
import type { InteractionContext } from './interaction-context.ts';
import type { Whereabouts } from './press.ts';
import { whisper } from './whisper.ts';

type Reading = Extract<Command, { name: 'list' | 'show' }>;

/** Answers a command that only reads, which may take longer than Slack waits for an acknowledgement. Never fails. */
export async function answerReading(
  context: InteractionContext,
  asked: Reading,
  whereabouts: Whereabouts,
): Promise<void> {
  let answer: Reply;
  try {
    answer =
      asked.name === 'list'
        ? await list(context, asked, whereabouts.person.id)
        : await show(context, asked.alertId);
  } catch (error) {
    context.logger.warn({ err: error }, 'a command could not be answered');
    answer = databaseAway(messageSettings(context.config));
  }
  await whisper(context, whereabouts, answer);
}

async function list(
  { database, clock, config }: InteractionContext,
  { filter }: Extract<Reading, { name: 'list' }>,
  userId: string,
): Promise<Reply> {
  const { ids, total } = await listUnresolved(
    database,
    {
      severity: filter === 'critical' || filter === 'warning' ? filter : null,
      acknowledgedBy: filter === 'mine' ? userId : null,
    },
    MOST_LISTED,
  );
  const alerts = await loadAlertViews(database, ids, clock.now());
  return listReply({ filter, alerts, total }, messageSettings(config));
}

async function show({ database, clock, config }: InteractionContext, alertId: number): Promise<Reply> {
  const settings = messageSettings(config);
  const [view] = await loadAlertViews(database, [alertId], clock.now());
  if (view === undefined) return unknownAlert(alertId, settings);
  const audit = await loadAudit(database, alertId);
  return showReply(
    view,
    audit.map((entry) => ({ ...entry, alertIds: [alertId], subjects: [] })),
    settings,
  );
}
