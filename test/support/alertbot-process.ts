import { type Config, loadConfig } from '../../platform/config/load.ts';
import type { SlackConfig } from '../../platform/config/slack.ts';
import type { StandinOptions } from '../../stack/slack/create-standin.ts';
import { type SlackStandin, startSlackStandin } from '../../stack/slack/start.ts';
import { type Program, type ProgramProcess, startProgram } from './program-process.ts';

const ALERTBOT: Program = { name: 'alertbot', port: 'ALERTBOT_PORT' };

export const API_TOKEN = 'api-token-of-this-test';
export const WEBHOOK_TOKEN = 'webhook-token-of-this-test';

/** Slack's stand-in, and the alertbots that are on it one after the other, each a process of its own. */
export interface AlertbotProcesses {
  readonly standin: SlackStandin;
  /** The configuration that all of them have. */
  readonly config: Config & { slack: SlackConfig };
  /** The one that was started last. */
  readonly current: ProgramProcess;
  /** Starts another one, to which Slack sends what people do from now on. */
  start(): Promise<ProgramProcess>;
  /** As {@link start}, and waits until it is ready. */
  startReady(): Promise<ProgramProcess>;
}

export interface AlertbotProcessesOptions {
  readonly databaseUrl: string;
  /** Settings on top. */
  readonly env?: Readonly<Record<string, string>>;
  /** No limits unless told. */
  readonly standin?: Partial<StandinOptions>;
  readonly cleanUp: (undo: () => Promise<void>) => void;
}

/** The stand-in in this process; no alertbot yet. */
export async function alertbotProcesses(options: AlertbotProcessesOptions): Promise<AlertbotProcesses> {
  const secrets = { botToken: 'xoxb-token-of-this-test', signingSecret: 'secret-of-this-test' };
  const standin = await startSlackStandin({
    port: 0,
    ...secrets,
    postsPerSecond: null,
    updatesPerMinute: null,
    ...options.standin,
  });
  options.cleanUp(() => standin.stop());
  const env = {
    DATABASE_URL: options.databaseUrl,
    SLACK_BOT_TOKEN: secrets.botToken,
    SLACK_SIGNING_SECRET: secrets.signingSecret,
    SLACK_API_URL: standin.apiUrl,
    HOLDFAST_API_TOKEN: API_TOKEN,
    ALERTMANAGER_WEBHOOK_TOKEN: WEBHOOK_TOKEN,
    HOLDFAST_LOCALE: 'en',
    ...options.env,
  };
  const config = loadConfig(env) as Config & { slack: SlackConfig };
  let current: ProgramProcess | undefined;
  const start = async () => {
    current = await startProgram(ALERTBOT, env, options.cleanUp);
    standin.setRequestUrl(`${current.url}/slack/events`);
    return current;
  };
  return {
    standin,
    config,
    get current() {
      if (current === undefined) throw new Error('no alertbot was started yet');
      return current;
    },
    start,
    startReady: async () => {
      const started = await start();
      await started.ready();
      return started;
    },
  };
}
