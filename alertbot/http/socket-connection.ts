import { SocketModeReceiver } from '@slack/bolt';
import { backoffMs, DEFAULT_BACKOFF, sleep } from '../../platform/errors/backoff.ts';
import { messageOf } from '../../platform/errors/classify.ts';
import { within } from '../../platform/lifecycle/within.ts';
import type { AlertbotContext } from '../context.ts';
import type { InteractionContext } from '../interactions/interaction-context.ts';
import { sdkLogger, slackClientOptions } from '../slack-client.ts';
import { INBOUND, inboundRequest } from './inbound-request.ts';

type SocketContext = Pick<AlertbotContext, 'config' | 'logger' | 'health'>;
type ReceiverContext = Pick<InteractionContext, 'config' | 'logger' | 'answerWithinMs'>;

const LONGEST_BACKOFF_MS = 30_000;
const STOP_WITHIN_MS = 300;

/** Requests of Slack over a web socket that we open: nothing has to be reachable from outside, and nothing is signed. */
export function createSocketReceiver(
  { config, logger, answerWithinMs }: ReceiverContext,
  appToken: string,
): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken,
    logger: sdkLogger(logger),
    installerOptions: { clientOptions: slackClientOptions(config.slack, logger) },
    // Its own way to connect again leaves a rejection unhandled while Slack is away, which ends the process.
    autoReconnectEnabled: false,
    customPropertiesExtractor: () => ({ [INBOUND]: inboundRequest(answerWithinMs, null, () => undefined) }),
  });
}

/** Has the socket connected at all times, until stopped. Readiness says when it is not. */
export function keepSocketConnected(
  { logger, health }: SocketContext,
  receiver: SocketModeReceiver,
): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const run = async () => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      health.report('socket', 'Socket Mode is not connected');
      try {
        await connectedOnce(receiver, () => {
          failures = 0;
          health.report('socket', null);
          logger.info('connected to Slack in Socket Mode');
        });
      } catch (error) {
        failures += 1;
        health.report('socket', `Socket Mode cannot be connected: ${messageOf(error)}`);
        const wait = backoffMs(failures, { ...DEFAULT_BACKOFF, longestMs: LONGEST_BACKOFF_MS }, Math.random);
        await sleep(wait, stopping.signal);
      }
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await receiver.stop().catch(() => undefined);
      await within(STOP_WITHIN_MS, running);
    },
  };
}

/** One connection, from its beginning to its end. @throws when there is no beginning */
async function connectedOnce(receiver: SocketModeReceiver, onConnected: () => void): Promise<void> {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  receiver.client.once('disconnected', end);
  try {
    await receiver.start();
    onConnected();
    await ended;
  } finally {
    receiver.client.off('disconnected', end);
  }
}
