import { type ChangeRequest, changeAlerts } from '../sql/change-alerts.ts';
import { changeGroup } from '../sql/change-group.ts';
import type { Deadline } from './deadline.ts';
import { type Decider, type Decision, decide } from './decide.ts';

/** Does what somebody asks for, whether they clicked, typed or called the API. @throws as {@link decide} does */
export function act(decider: Decider, request: ChangeRequest, deadline: Deadline): Promise<Decision> {
  return decide(
    decider,
    (db, now, { timeoutMs, signed }) =>
      changeAlerts(db, signed ? request : { ...request, requestSignature: null }, now, timeoutMs),
    deadline,
  );
}

/** The same for every member of a group's message that the action is possible for. */
export function actOnGroup(
  decider: Decider,
  messageId: number,
  request: Omit<ChangeRequest, 'targets'>,
  deadline: Deadline,
): Promise<Decision> {
  return decide(
    decider,
    (db, now, { timeoutMs, signed }) =>
      changeGroup(db, messageId, signed ? request : { ...request, requestSignature: null }, now, timeoutMs),
    deadline,
  );
}
