import { composeMessage } from '../compose-message.ts';
import type { Standin } from '../standin.ts';
import type { StandinMessage } from '../standin-types.ts';
import { theChannel, theUser } from './lookups.ts';
import { badRequest, notFound, Refusal } from './refusal.ts';

export interface HumanMessage {
  user_id: string;
  channel: string;
  text: string;
  thread_ts?: string | undefined;
}

/**
 * A person writes a message.
 *
 * @throws {Refusal}
 */
export function postAs(
  standin: Standin,
  { user_id, channel, text, thread_ts }: HumanMessage,
): StandinMessage {
  const user = theUser(standin, user_id);
  const target = theChannel(standin, channel);
  if (target.is_archived) throw new Refusal(409, 'is_archived', `#${target.name} is archived.`);
  if (text === '') throw badRequest('text is empty.');
  const message = composeMessage({
    channel: target.id,
    ts: standin.messages.timestamps.next(),
    user: user.id,
    text,
    threadTs: thread_ts,
  });
  standin.messages.put(message);
  return structuredClone(message);
}

/**
 * A person with the right to do so deletes a message, whoever wrote it.
 *
 * @throws {Refusal}
 */
export function deleteMessage(standin: Standin, channel: string, ts: string): void {
  const target = theChannel(standin, channel);
  if (standin.messages.get(target.id, ts) === undefined) {
    throw notFound('message_not_found', `There is no message ${ts} in #${target.name}.`);
  }
  standin.messages.remove(ts);
}

/** @throws {Refusal} */
export function archive(standin: Standin, channel: string, archived: boolean): void {
  standin.messages.setArchived(theChannel(standin, channel).id, archived);
}
