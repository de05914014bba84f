import type { WebClient } from '@slack/web-api';
import { Registry } from 'prom-client';
import { afterAll, onTestFinished } from 'vitest';
import { dispatch } from '../../../alertbot/delivery/dispatch.ts';
import { createParts, type DeliveryParts } from '../../../alertbot/delivery/parts.ts';
import { postNext } from '../../../alertbot/delivery/post-next.ts';
import { reconcile } from '../../../alertbot/delivery/reconcile.ts';
import { refreshNext } from '../../../alertbot/delivery/refresh-next.ts';
import { AlertbotHealth } from '../../../alertbot/health.ts';
import { createSlackClient } from '../../../alertbot/slack-client.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import { type Config, loadConfig } from '../../../platform/config/load.ts';
import type { SlackConfig } from '../../../platform/config/slack.ts';
import { type Database, openDatabase } from '../../../platform/database/database.ts';
import type { StandinOptions } from '../../../stack/slack/create-standin.ts';
import type { StandinMessage } from '../../../stack/slack/standin-types.ts';
import { type SlackStandin, startSlackStandin } from '../../../stack/slack/start.ts';
import { freshDatabase } from '../database.ts';
import { silentLogger } from '../orders-processor.ts';

const TOKEN = 'xoxb-delivery-test';

/** A clock that goes when it is told to. */
export class TestClock implements Clock {
  private at: Micros = Date.parse('2026-03-02T00:00:00Z') * 1000;

  now(): Micros {
    return this.at;
  }

  advance(by: Micros): void {
    this.at += by;
  }
}

export interface RigOptions {
  settings?: Readonly<Record<string, string>>;
  standin?: Partial<StandinOptions>;
  clock?: TestClock;
}

/** Delivery with a Slack and a clock of its own, driven step by step. */
export interface DeliveryRig {
  parts: DeliveryParts;
  standin: SlackStandin;
  clock: TestClock;
  database: Database;
  /** What a second alertbot, or the same after a restart, would have: same Slack, same database, same clock. */
  another(change?: { settings?: Readonly<Record<string, string>>; database?: Database }): DeliveryParts;
  /** Does all there is to do at this moment. */
  work(parts?: DeliveryParts): Promise<void>;
  /** Works through so much time, in steps. */
  workFor(duration: Micros, step: Micros): Promise<void>;
  /** Messages of a channel, #holdfast unless told, without replies. */
  messages(channel?: string): StandinMessage[];
  replies(message: StandinMessage): StandinMessage[];
}

/** A database of this test file's own. */
export async function deliveryDatabase(): Promise<Database> {
  const fresh = await freshDatabase();
  const database = openDatabase({ url: fresh.url, poolSize: 4, program: 'test', logger: silentLogger });
  afterAll(() => database.end());
  return database;
}

/** Ends with the test. There is no limit on updates, and none on posts, unless the options say so. */
export async function deliveryRig(database: Database, options: RigOptions = {}): Promise<DeliveryRig> {
  const clock = options.clock ?? new TestClock();
  const standin = await startSlackStandin({
    port: 0,
    botToken: TOKEN,
    signingSecret: 'secret',
    postsPerSecond: null,
    updatesPerMinute: null,
    now: () => clock.now() / 1000,
    ...options.standin,
  });
  onTestFinished(() => standin.stop());
  const another: DeliveryRig['another'] = (change = {}) =>
    partsOf(change.database ?? database, standin, clock, { ...options.settings, ...change.settings });
  const parts = another();
  const work = (of: DeliveryParts = parts) => workOnce(of);
  return {
    parts,
    standin,
    clock,
    database,
    another,
    work,
    workFor: async (duration, step) => {
      for (let passed = 0; passed < duration; passed += step) {
        clock.advance(step);
        await work();
      }
    },
    messages: (channel = 'C0HOLDFAST') =>
      standin
        .state()
        .messages.filter((message) => message.channel === channel && message.thread_ts === undefined),
    replies: ({ channel, ts }) =>
      standin.state().messages.filter((message) => message.channel === channel && message.thread_ts === ts),
  };
}

function partsOf(
  database: Database,
  standin: SlackStandin,
  clock: Clock,
  settings: Readonly<Record<string, string>>,
): DeliveryParts {
  const config = loadConfig({
    SLACK_BOT_TOKEN: TOKEN,
    SLACK_SIGNING_SECRET: 'secret',
    SLACK_API_URL: standin.apiUrl,
    HOLDFAST_SLACK_POSTS_PER_SECOND: '1000',
    HOLDFAST_SLACK_UPDATES_PER_MINUTE: '60000',
    ...settings,
  }) as Config & { slack: SlackConfig };
  const slack: WebClient = createSlackClient(config.slack, silentLogger);
  return createParts({
    config,
    database,
    slack,
    logger: silentLogger,
    registry: new Registry(),
    health: new AlertbotHealth(),
    clock,
  });
}

/** As the loops of delivery do it, as far as it goes without time passing. */
async function workOnce(parts: DeliveryParts): Promise<void> {
  while (await dispatch(parts));
  await reconcile(parts);
  for (const channel of parts.channels.all) while ((await postNext(parts, channel)) === 'posted');
  while (await dispatch(parts));
  while ((await refreshNext(parts)) === 'posted');
}
