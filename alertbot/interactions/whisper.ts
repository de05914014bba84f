import { messageOf } from '../../platform/errors/classify.ts';
import type { AlertbotContext } from '../context.ts';
import { DELIVERY_OPTIONS, type Reply } from '../messages/slack-message.ts';
import type { Whereabouts } from './press.ts';

const TIMEOUT_MS = 10_000;

/**
 * Tells one person something: in the channel, seen by nobody else, or as a direct message where there is no channel.
 * Never fails; what Slack does not take is in the log.
 */
export async function whisper(
  { slack, logger }: Pick<AlertbotContext, 'slack' | 'logger'>,
  { person, channel, responseUrl }: Whereabouts,
  reply: Reply,
): Promise<void> {
  const message = { ...DELIVERY_OPTIONS, ...reply };
  try {
    if (responseUrl !== null) await respond(responseUrl, message);
    else if (channel !== null) await slack.chat.postEphemeral({ ...message, channel, user: person.id });
    else await slack.chat.postMessage({ ...message, channel: person.id });
  } catch (error) {
    logger.warn({ problem: messageOf(error) }, 'somebody could not be told what became of their request');
  }
}

async function respond(url: string, message: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, ...message }),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`the response_url answered ${response.status}`);
}
