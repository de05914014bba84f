import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import express, { type Request, type Response, Router } from 'express';
import type { Clock } from '../../platform/clock/clock.ts';
import { sendProblem } from '../../platform/health/problem-json.ts';
import type { Logger } from '../../platform/logger/logger.ts';
import { Refusals } from '../../platform/secrets/refusals.ts';
import type { AlertbotMetrics } from '../metrics.ts';
import { INBOUND, inboundRequest } from './inbound-request.ts';
import { SeenSignatures } from './seen-signatures.ts';
import { parseSlackBody } from './slack-body.ts';
import { checkSlackSignature } from './slack-signature.ts';

const BODY_LIMIT = '1mb';

export interface HttpReceiverOptions {
  signingSecret: string;
  clock: Clock;
  logger: Logger;
  metrics: Pick<AlertbotMetrics, 'interactions'>;
  answerWithinMs: number;
}

/**
 * Requests of Slack, for Bolt. Bolt's own receivers cannot answer a replay with 401 once a listener runs, accept
 * signatures of the future, and answer a request nobody handles only after 3 s.
 */
export class HttpReceiver implements Receiver {
  readonly router = Router();
  private readonly options: HttpReceiverOptions;
  private readonly seen = new SeenSignatures();
  private readonly refusals: Refusals;
  private bolt: App | undefined;

  constructor(options: HttpReceiverOptions) {
    this.options = options;
    this.refusals = new Refusals(options.logger);
    // Compressed bodies are refused: what is signed is what is read.
    const rawBody = express.raw({ type: () => true, limit: BODY_LIMIT, inflate: false });
    this.router.post('/', rawBody, (request, response) => this.receive(request, response));
  }

  init(bolt: App): void {
    this.bolt = bolt;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  private async receive(request: Request, response: Response): Promise<void> {
    const { signingSecret, clock, logger, answerWithinMs } = this.options;
    const nowMs = clock.now() / 1000;
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const check = checkSlackSignature(request.headersDistinct, body, signingSecret, nowMs);
    if ('problem' in check) {
      this.refuse(request, response, 'forged', check.problem);
      return;
    }
    if (!this.seen.remember(check.signature, nowMs)) {
      this.refuse(request, response, 'replayed', 'this request has been received before');
      return;
    }
    const payload = parseSlackBody(body, request.headers['content-type']);
    if (payload === null) {
      sendProblem(response, 400, 'Bad request', 'The body is neither a form nor a JSON object.');
      return;
    }
    if (payload.type === 'url_verification') {
      response.json({ challenge: payload.challenge });
      return;
    }
    if (payload.ssl_check !== undefined) {
      response.end();
      return;
    }
    const inbound = inboundRequest(answerWithinMs, check.signature, () =>
      this.refuse(request, response, 'replayed', 'this request has been received before'),
    );
    try {
      await this.bolt?.processEvent({
        body: payload,
        ack: (answer?: unknown) => acknowledge(response, answer),
        customProperties: { [INBOUND]: inbound },
        ...retryOf(request),
      });
    } catch (error) {
      logger.error({ err: error }, 'a request of Slack could not be handled');
      if (!response.headersSent) {
        sendProblem(response, 500, 'Internal error', 'The log of the program says why.');
        return;
      }
    }
    // Slack shows the person a warning sign, which is right: nothing has happened.
    if (!response.headersSent) sendProblem(response, 404, 'Not found', 'Nothing here handles this.');
  }

  private refuse(
    request: Request,
    response: Response,
    outcome: 'forged' | 'replayed',
    problem: string,
  ): void {
    this.options.metrics.interactions.inc({ type: 'request', outcome });
    this.refusals.note(problem, request);
    if (!response.headersSent) sendProblem(response, 401, 'Not from Slack', `${problem}.`);
  }
}

async function acknowledge(response: Response, answer: unknown): Promise<void> {
  if (response.headersSent) throw new Error('a request of Slack was acknowledged twice');
  if (answer === undefined || answer === null || answer === '') response.status(200).end();
  else if (typeof answer === 'string') response.status(200).send(answer);
  else response.status(200).json(answer);
}

/** Slack numbers its retries of an event. */
function retryOf(request: Request): Pick<ReceiverEvent, 'retryNum' | 'retryReason'> {
  const number = Number(request.headers['x-slack-retry-num']);
  const reason = request.headers['x-slack-retry-reason'];
  return {
    ...(Number.isInteger(number) ? { retryNum: number } : {}),
    ...(typeof reason === 'string' ? { retryReason: reason } : {}),
  };
}
