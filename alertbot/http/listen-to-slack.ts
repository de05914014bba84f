import type { Router } from 'express';
import { createBolt } from '../interactions/create-bolt.ts';
import type { InteractionContext } from '../interactions/interaction-context.ts';
import { HttpReceiver } from './http-receiver.ts';
import { createSocketReceiver, keepSocketConnected } from './socket-connection.ts';

export interface SlackListening {
  /** For /slack/events; null in Socket Mode. */
  routes: Router | null;
  /** @returns the way to stop it */
  start(): () => Promise<void>;
}

/** Has Slack's requests handled, the way the configuration says they come: over a socket of ours, or signed by HTTP. */
export function listenToSlack(context: InteractionContext): SlackListening {
  const { appToken, signingSecret } = context.config.slack;
  if (appToken !== null) {
    const receiver = createSocketReceiver(context, appToken);
    createBolt(context, receiver);
    return { routes: null, start: () => keepSocketConnected(context, receiver).stop };
  }
  if (signingSecret === null) throw new Error('SLACK_SIGNING_SECRET or SLACK_APP_TOKEN has to be set');
  const receiver = new HttpReceiver({ ...context, signingSecret });
  createBolt(context, receiver);
  return { routes: receiver.router, start: () => () => receiver.stop() };
}
