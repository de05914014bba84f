import { Deadline } from '../actions/deadline.ts';

/** Slack gives up after 3 s, the way there and back included. Milliseconds. */
export const ANSWER_WITHIN_MS = 2700;

/** What a handler has to know of the request it answers, whichever way it came. */
export interface InboundRequest {
  /** Null in Socket Mode. */
  signature: string | null;
  deadline: Deadline;
  /** Refuses the request as a replay; in Socket Mode there is nobody to tell. */
  refuseReplay: () => void;
}

/** Under this name it travels through Bolt's context. */
export const INBOUND = 'holdfastRequest';

/** @param answerWithinMs from now */
export function inboundRequest(
  answerWithinMs: number,
  signature: string | null,
  refuseReplay: () => void,
): InboundRequest {
  return { signature, deadline: new Deadline(answerWithinMs), refuseReplay };
}
