import { type DecidedAction, type DecideRequest, decideAction } from '../sql/decide-action.ts';
import type { Deadline } from './deadline.ts';
import { type Decider, type Decision, decide } from './decide.ts';

/** Approves or rejects an action, whether somebody clicked or called the API. @throws as {@link decide} does */
export function decideOnAction(
  decider: Decider,
  request: DecideRequest,
  deadline: Deadline,
): Promise<Decision<DecidedAction>> {
  return decide(
    decider,
    (db, now, { timeoutMs, signed }) =>
      decideAction(db, signed ? request : { ...request, requestSignature: null }, now, timeoutMs),
    deadline,
  );
}
