import express from 'express';
import { healthRoutes } from '../../platform/health/health-routes.ts';
import { closeServer, listen } from '../../platform/health/listen.ts';
import type { CallCounts } from './call-log.ts';
import { createStandin, type StandinOptions } from './create-standin.ts';
import type { DeliveredRequest } from './deliver/delivery-log.ts';
import type { FaultControls } from './faults.ts';
import { apiRoutes } from './http/api-routes.ts';
import { answerErrors, nothingThere } from './http/errors.ts';
import { localOnly } from './http/local-only.ts';
import { pageRoutes } from './http/page-routes.ts';
import { standinRoutes } from './http/standin-routes.ts';
import { act } from './interact/act.ts';
import { closeView } from './interact/close-view.ts';
import { runCommand } from './interact/command.ts';
import { openHome, verifyRequestUrl } from './interact/events.ts';
import { archive, deleteMessage, type HumanMessage, postAs } from './interact/people-write.ts';
import { submitView } from './interact/submit-view.ts';
import { resetStandin } from './reset.ts';
import type { Standin } from './standin.ts';
import type {
  Click,
  Command,
  Delivery,
  StandinMessage,
  StandinState,
  Submission,
  SubmitDelivery,
} from './standin-types.ts';
import { stateOf } from './state.ts';

export interface StartOptions extends StandinOptions {
  /** 0: any free one. */
  port: number;
  /** Default 127.0.0.1. */
  host?: string | undefined;
}

/** A running stand-in. What people do rejects with a Refusal where they could not do it in Slack. */
export interface SlackStandin {
  /** `http://127.0.0.1:3401` */
  readonly url: string;
  /** For `slackApiUrl` of the SDK: url + '/api/'. */
  readonly apiUrl: string;
  readonly faults: FaultControls;
  state(): StandinState;
  /** How often each method of the Web API ended how, since the start or the last reset. */
  callCounts(): CallCounts;
  /** The signed requests that went to the app, for sending one again. */
  deliveries(): DeliveredRequest[];
  act(click: Click): Promise<Delivery>;
  submitView(submission: Submission): Promise<SubmitDelivery>;
  /** null when the app did not ask to hear of it. */
  closeView(userId: string, viewId: string): Promise<Delivery | null>;
  command(command: Command): Promise<Delivery>;
  openHome(userId: string): Promise<Delivery>;
  /** True when the app gives back the challenge of url_verification. */
  verifyRequestUrl(): Promise<boolean>;
  post(message: HumanMessage): StandinMessage;
  deleteMessage(channel: string, ts: string): void;
  archive(channel: string, archived: boolean): void;
  /** Where interactions go from now on. */
  setRequestUrl(url: string | null): void;
  /** Whether an app is connected in Socket Mode. */
  socketConnected(): boolean;
  /** Asks the apps in Socket Mode to connect again. */
  refreshSockets(): void;
  reset(): void;
  stop(): Promise<void>;
}

/**
 * Starts the stand-in for Slack.
 *
 * @throws when the port is taken, or the journal cannot be written
 */
export async function startSlackStandin(options: StartOptions): Promise<SlackStandin> {
  const host = options.host ?? '127.0.0.1';
  const stopping = new AbortController();
  const standin = createStandin(options, stopping.signal);
  const app = appOf(standin, host, options.onLog ?? (() => undefined));
  const release = () => {
    stopping.abort();
    standin.sockets.close();
    standin.messages.close();
  };
  const server = await listen(app, host, options.port, 'SLACK_STANDIN_PORT').catch((error: unknown) => {
    release();
    throw error;
  });
  server.on('upgrade', (request, socket, head) => standin.sockets.upgrade(request, socket, head));
  standin.address.url = urlOf(host, (server.address() as { port: number }).port);

  let stopped: Promise<void> | null = null;
  const stop = async () => {
    const closed = closeServer(server);
    stopping.abort();
    standin.sockets.close();
    server.closeAllConnections();
    await closed;
    standin.messages.close();
  };
  return { ...controlsOf(standin), stop: () => (stopped ??= stop()) };
}

function appOf(standin: Standin, host: string, onLog: (line: string) => void): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(healthRoutes(() => ({})));
  app.use(apiRoutes(standin));
  app.use(localOnly(host));
  app.use('/standin', standinRoutes(standin));
  app.use(pageRoutes());
  app.use(nothingThere);
  app.use(answerErrors(onLog));
  return app;
}

function controlsOf(standin: Standin): Omit<SlackStandin, 'stop'> {
  return {
    url: standin.address.url,
    apiUrl: `${standin.address.url}/api/`,
    faults: standin.faults,
    state: () => stateOf(standin),
    callCounts: () => standin.calls.counts(),
    deliveries: () => standin.deliveries.all(),
    act: (click) => act(standin, click),
    submitView: (submission) => submitView(standin, submission),
    closeView: (userId, viewId) => closeView(standin, userId, viewId),
    command: (command) => runCommand(standin, command),
    openHome: (userId) => openHome(standin, userId),
    verifyRequestUrl: () => verifyRequestUrl(standin),
    post: (message) => postAs(standin, message),
    deleteMessage: (channel, ts) => deleteMessage(standin, channel, ts),
    archive: (channel, archived) => archive(standin, channel, archived),
    setRequestUrl: (url) => {
      standin.target.requestUrl = url;
    },
    socketConnected: () => standin.sockets.connected,
    refreshSockets: () => standin.sockets.refresh(),
    reset: () => resetStandin(standin),
  };
}

function urlOf(host: string, port: number): string {
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}
