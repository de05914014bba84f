import { randomBytes } from 'node:crypto';
import { valuesOf } from './element-values.ts';
import { withIds } from './elements.ts';
import type { JsonObject } from './json.ts';
import type { Standin } from './standin.ts';
import type { PlainText, StandinView } from './standin-types.ts';

export interface ViewPlace {
  id: string;
  rootViewId: string;
  previousViewId: string | null;
  /** The view that is replaced: what stands in controls that are still there stays. */
  before?: StandinView | undefined;
}

export function newViewId(): string {
  return `V0${randomBytes(6).toString('hex').toUpperCase()}`;
}

/** A view of checked content, as it is kept and as Slack hands it back. */
export function composeView(standin: Standin, sent: JsonObject, place: ViewPlace): StandinView {
  const { team, app } = standin.directory;
  const blocks = withIds(sent.blocks as unknown[]);
  const modal = sent.type === 'modal';
  return {
    id: place.id,
    team_id: team.id,
    app_id: app.app_id,
    bot_id: app.bot_id,
    type: modal ? 'modal' : 'home',
    ...(modal ? { title: sent.title as PlainText } : {}),
    submit: (sent.submit as PlainText | undefined) ?? null,
    close: (sent.close as PlainText | undefined) ?? null,
    blocks,
    private_metadata: String(sent.private_metadata ?? ''),
    callback_id: String(sent.callback_id ?? ''),
    external_id: String(sent.external_id ?? ''),
    clear_on_close: sent.clear_on_close === true,
    notify_on_close: sent.notify_on_close === true,
    hash: `${Math.floor(standin.now() / 1000)}.${randomBytes(4).toString('hex')}`,
    state: { values: valuesOf({ blocks }, place.before?.state.values) },
    root_view_id: place.rootViewId,
    previous_view_id: place.previousViewId,
  };
}
