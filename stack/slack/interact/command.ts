import { ApiError } from '../api-error.ts';
import { composeMessage } from '../compose-message.ts';
import { type Answered, deliver, unusable } from '../deliver/deliver.ts';
import { isObject, type JsonObject } from '../json.ts';
import { checkMessage } from '../limits/message.ts';
import type { Standin } from '../standin.ts';
import type { Command, Delivery, StandinChannel, StandinUser } from '../standin-types.ts';
import { responseUrl, sendCopies } from './envelope.ts';
import { theChannel, theUser } from './lookups.ts';
import { badRequest } from './refusal.ts';

/**
 * Types a slash command. What the app answers at once becomes a message, ephemeral unless it says in_channel.
 *
 * @throws {Refusal}
 */
export async function runCommand(standin: Standin, command: Command): Promise<Delivery> {
  const user = theUser(standin, command.user_id);
  const channel = theChannel(standin, command.channel);
  if (!/^\/\S+$/.test(command.command))
    throw badRequest('A command is a slash and a word, such as /holdfast.');
  const answered = await sendCopies(standin, () => {
    const token = standin.responseUrls.issue({
      channel: channel.id,
      userId: user.id,
      command: command.command,
    });
    return deliver(standin, {
      type: 'slash_commands',
      payload: fields(standin, user, channel, command, token),
    });
  });
  return answered.delivery.delivered ? show(standin, user, channel, command, answered) : answered.delivery;
}

function fields(
  standin: Standin,
  user: StandinUser,
  channel: StandinChannel,
  { command, text }: Command,
  token: string,
): Record<string, string> {
  const { team, app } = standin.directory;
  return {
    token: 'unused',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channel.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: app.app_id,
    is_enterprise_install: 'false',
    response_url: responseUrl(standin, token),
    trigger_id: standin.triggers.issue(user.id),
  };
}

function show(
  standin: Standin,
  user: StandinUser,
  channel: StandinChannel,
  { command }: Command,
  answered: Answered,
): Delivery {
  const answer = answerOf(answered.answer);
  if (answer === null) return answered.delivery;
  const content = {
    text: typeof answer.text === 'string' ? answer.text : '',
    blocks: Array.isArray(answer.blocks) ? answer.blocks : undefined,
    attachments: Array.isArray(answer.attachments) ? answer.attachments : undefined,
  };
  try {
    checkMessage(content);
  } catch (error) {
    if (error instanceof ApiError) return unusable(answered);
    throw error;
  }
  standin.messages.put(
    composeMessage({
      ...content,
      channel: channel.id,
      ts: standin.messages.timestamps.next(),
      user: standin.directory.app.bot_user_id,
      fromCommand: command,
      ephemeralTo: answer.response_type === 'in_channel' ? undefined : user.id,
    }),
  );
  return answered.delivery;
}

function answerOf(answer: unknown): JsonObject | null {
  if (typeof answer === 'string') return { text: answer };
  return isObject(answer) ? answer : null;
}
