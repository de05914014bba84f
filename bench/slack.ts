import { randomUUID } from 'node:crypto';
import { type SlackStandin, type StartOptions, startSlackStandin } from '../stack/slack/start.ts';
import { type RunningProgram, startAlertbotProgram } from './programs.ts';
import type { BenchDatabase } from './services.ts';

export interface BenchSlack {
  standin: SlackStandin;
  alertbot: RunningProgram;
  signingSecret: string;
  stop(): Promise<void>;
}

/** Slack's stand-in in this process, with Slack's limits unless told, and an alertbot as a program of its own. */
export async function startBenchSlack(
  database: BenchDatabase,
  limits: Partial<StartOptions> = {},
): Promise<BenchSlack> {
  const secrets = { botToken: `xoxb-${randomUUID()}`, signingSecret: randomUUID() };
  const standin = await startSlackStandin({ port: 0, ...secrets, ...limits });
  const alertbot = await startAlertbotProgram({
    DATABASE_URL: database.url,
    SLACK_BOT_TOKEN: secrets.botToken,
    SLACK_SIGNING_SECRET: secrets.signingSecret,
    SLACK_API_URL: standin.apiUrl,
  });
  standin.setRequestUrl(`${alertbot.url}/slack/events`);
  while ((await fetch(`${alertbot.url}/readyz`)).status !== 200)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const stop = async () => {
    await alertbot.stop();
    await standin.stop();
  };
  return { standin, alertbot, signingSecret: secrets.signingSecret, stop };
}
