import type { JsonObject } from '../json.ts';
import type { Standin } from '../standin.ts';
import type { OpenView, StandinMessage, StandinView } from '../standin-types.ts';
import type { Arguments } from './arguments.ts';

/** What a call changes. Kept apart, so that a call can be answered and have no effect. */
export interface Writes {
  putMessage(message: StandinMessage): void;
  removeMessage(ts: string): void;
  openView(view: OpenView): void;
  replaceView(view: OpenView): void;
  setHome(userId: string, view: StandinView): void;
  spendTrigger(id: string): void;
}

export interface ApiCall {
  standin: Standin;
  args: Arguments;
  writes: Writes;
}

/**
 * One method of the Web API: the members of its answer besides `ok`. It runs to its end without waiting, so that calls
 * do not mix.
 *
 * @throws {ApiError} for an answer with `ok: false`
 */
export type ApiMethod = (call: ApiCall) => JsonObject;

export function writesTo(standin: Standin): Writes {
  const { messages, views, triggers } = standin;
  return {
    putMessage: (message) => messages.put(message),
    removeMessage: (ts) => messages.remove(ts),
    openView: (view) => views.push(view),
    replaceView: (view) => views.replace(view),
    setHome: (userId, view) => messages.setHome(userId, view),
    spendTrigger: (id) => triggers.spend(id),
  };
}

export const WRITES_NOTHING: Writes = {
  putMessage: () => undefined,
  removeMessage: () => undefined,
  openView: () => undefined,
  replaceView: () => undefined,
  setHome: () => undefined,
  spendTrigger: () => undefined,
};
