import { ApiError } from '../api-error.ts';
import { composeView, newViewId } from '../compose-view.ts';
import { findUser } from '../directory.ts';
import type { JsonObject } from '../json.ts';
import { LIMITS } from '../limits/limits.ts';
import { checkView } from '../limits/view.ts';
import type { Standin } from '../standin.ts';
import type { OpenView, StandinView } from '../standin-types.ts';
import type { Arguments } from './arguments.ts';
import type { ApiCall, ApiMethod } from './method.ts';

/** https://docs.slack.dev/reference/methods/views.open */
export const open: ApiMethod = (call) => {
  const userId = triggeredBy(call);
  return { view: show(call, userId, null) };
};

/** https://docs.slack.dev/reference/methods/views.push */
export const push: ApiMethod = (call) => {
  const userId = triggeredBy(call);
  const stack = call.standin.views.stackOf(userId);
  const top = stack.at(-1);
  if (top === undefined) throw new ApiError('not_found');
  if (stack.length >= LIMITS.viewStack) throw new ApiError('push_limit_reached');
  return { view: show(call, userId, top.view) };
};

/** https://docs.slack.dev/reference/methods/views.update */
export const update: ApiMethod = (call) => {
  const { standin, args, writes } = call;
  const opened = openedView(standin, args);
  if (args.has('hash') && args.text('hash') !== opened.view.hash) throw new ApiError('hash_conflict');
  const sent = checkView(sentView(args), 'modal');
  checkExternalId(standin, sent, opened.id);
  const view = replacement(standin, sent, opened.view);
  writes.replaceView({ ...opened, view });
  return { view };
};

/** https://docs.slack.dev/reference/methods/views.publish */
export const publish: ApiMethod = ({ standin, args, writes }) => {
  const userId = args.requiredText('user_id');
  if (findUser(standin.directory, userId) === undefined) throw new ApiError('invalid_arguments');
  const before = standin.messages.homes.get(userId);
  if (before !== undefined && args.has('hash') && args.text('hash') !== before.hash) {
    throw new ApiError('hash_conflict');
  }
  const sent = checkView(sentView(args), 'home');
  const id = before?.id ?? newViewId();
  const view = composeView(standin, sent, { id, rootViewId: id, previousViewId: null, before });
  writes.setHome(userId, view);
  return { view };
};

/** A view in the place of another one, with a new hash. */
export function replacement(standin: Standin, sent: JsonObject, before: StandinView): StandinView {
  const { id, root_view_id: rootViewId, previous_view_id: previousViewId } = before;
  return composeView(standin, sent, { id, rootViewId, previousViewId, before });
}

/** A view on top of another one, or by itself. */
export function viewAbove(standin: Standin, sent: JsonObject, below: StandinView | null): StandinView {
  const id = newViewId();
  return composeView(standin, sent, {
    id,
    rootViewId: below?.root_view_id ?? id,
    previousViewId: below?.id ?? null,
  });
}

function show({ standin, args, writes }: ApiCall, userId: string, below: StandinView | null): StandinView {
  const sent = checkView(sentView(args), 'modal');
  checkExternalId(standin, sent, null);
  const view = viewAbove(standin, sent, below);
  writes.spendTrigger(args.text('trigger_id'));
  writes.openView({ id: view.id, user_id: userId, view });
  return view;
}

function triggeredBy({ standin, args }: ApiCall): string {
  const use = standin.triggers.look(args.requiredText('trigger_id'));
  if ('error' in use) throw new ApiError(use.error);
  return use.userId;
}

function openedView(standin: Standin, args: Arguments): OpenView {
  const id = args.optionalText('view_id');
  const opened =
    id === undefined ? standin.views.byExternalId(args.requiredText('external_id')) : standin.views.get(id);
  if (opened === undefined) throw new ApiError('not_found');
  return opened;
}

function sentView(args: Arguments): unknown {
  return args.structured('view', 'invalid_arguments');
}

function checkExternalId(standin: Standin, sent: JsonObject, ownId: string | null): void {
  if (typeof sent.external_id !== 'string' || sent.external_id === '') return;
  const holder = standin.views.byExternalId(sent.external_id);
  if (holder !== undefined && holder.id !== ownId) throw new ApiError('duplicate_external_id');
}
