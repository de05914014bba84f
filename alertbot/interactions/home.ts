import type { HomeView } from '@slack/types';
import { classifyError, messageOf } from '../../platform/errors/classify.ts';
import { messageSettings } from '../message-settings.ts';
import type { AlertView } from '../messages/alert-view.ts';
import { databaseAway } from '../messages/ephemeral.ts';
import { homeView, MOST_MINE, MOST_OPEN, MOST_SNOOZED } from '../messages/home-view.ts';
import { loadAlertViews } from '../sql/load-alert-views.ts';
import { loadHomeLists } from '../sql/load-home-lists.ts';
import type { InteractionContext } from './interaction-context.ts';

/** Shows a person the App Home as it is now. Never fails. */
export async function refreshHome(context: InteractionContext, userId: string): Promise<void> {
  try {
    await context.slack.views.publish({ user_id: userId, view: await currentHome(context, userId) });
  } catch (error) {
    context.logger.warn({ problem: messageOf(error) }, 'an App Home could not be shown');
  }
}

async function currentHome(context: InteractionContext, userId: string): Promise<HomeView> {
  try {
    return await loadHome(context, userId);
  } catch (error) {
    if (classifyError(error) !== 'unavailable') throw error;
    return {
      type: 'home',
      callback_id: 'home',
      blocks: databaseAway(messageSettings(context.config)).blocks,
    };
  }
}

async function loadHome({ config, database, clock }: InteractionContext, userId: string): Promise<HomeView> {
  const now = clock.now();
  const most = { open: MOST_OPEN, mine: MOST_MINE, snoozed: MOST_SNOOZED };
  const { counts, open, mine, snoozed } = await loadHomeLists(database, userId, most, now);
  const ids = [...new Set([...open.ids, ...mine.ids, ...snoozed.ids])];
  const views = new Map((await loadAlertViews(database, ids, now)).map((view) => [view.alertId, view]));
  const viewsOf = (list: { ids: readonly number[] }): AlertView[] =>
    list.ids.map((id) => views.get(id)).filter((view) => view !== undefined);
  return homeView(
    {
      at: now,
      counts,
      open: viewsOf(open),
      openTotal: open.total,
      mine: viewsOf(mine),
      mineTotal: mine.total,
      snoozed: viewsOf(snoozed),
      snoozedTotal: snoozed.total,
    },
    messageSettings(config),
  );
}
