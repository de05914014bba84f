import { CallLog } from './call-log.ts';
import { Changes } from './changes.ts';
import { DeliveryLog } from './deliver/delivery-log.ts';
import { ResponseUrls } from './deliver/response-urls.ts';
import { SocketMode } from './deliver/socket-mode.ts';
import { Triggers } from './deliver/triggers.ts';
import { createDirectory } from './directory.ts';
import { FaultControls } from './faults.ts';
import { MessageStore } from './message-store.ts';
import { type RateLimitOptions, RateLimits, SLACK_RATE_LIMITS } from './rate-limits.ts';
import type { Standin } from './standin.ts';
import type { StandinUser, StandinUserGroup } from './standin-types.ts';
import { ViewStore } from './view-store.ts';

const SLACK_DEADLINE_MS = 3_000;

export interface StandinOptions extends Partial<RateLimitOptions> {
  botToken: string;
  signingSecret: string;
  /** Needed for Socket Mode. */
  appToken?: string | null | undefined;
  /** Where signed requests go, `http://127.0.0.1:3400/slack/events`; null: only Socket Mode. */
  requestUrl?: string | null | undefined;
  /** Socket Mode where an app is connected, although there is a request URL. */
  preferSocket?: boolean | undefined;
  /** Journal for the next start; without one nothing is kept. */
  dataFile?: string | undefined;
  /** Names of channels instead of the three of the demo. */
  channels?: readonly string[] | undefined;
  users?: readonly StandinUser[] | undefined;
  userGroups?: readonly StandinUserGroup[] | undefined;
  /** How long an app may take to acknowledge; 3 s, as in Slack. */
  deadlineMs?: number | undefined;
  /** How long a trigger_id is good for; 3 s, as in Slack. */
  triggerLifetimeMs?: number | undefined;
  /** Milliseconds since the epoch, for messages, triggers, rate limits and signatures. */
  now?: (() => number) | undefined;
  onLog?: ((line: string) => void) | undefined;
}

/** Puts the parts together; nothing listens yet. */
export function createStandin(options: StandinOptions, stopping: AbortSignal): Standin {
  const now = options.now ?? Date.now;
  const onLog = options.onLog ?? (() => undefined);
  const directory = createDirectory(options);
  const changes = new Changes();
  return {
    secrets: {
      botToken: options.botToken,
      signingSecret: options.signingSecret,
      appToken: options.appToken ?? null,
    },
    target: { requestUrl: options.requestUrl ?? null, preferSocket: options.preferSocket ?? false },
    deadlineMs: options.deadlineMs ?? SLACK_DEADLINE_MS,
    now,
    address: { url: '' },
    directory,
    changes,
    messages: new MessageStore({ directory, changes, now, dataFile: options.dataFile, onLog }),
    views: new ViewStore(changes),
    calls: new CallLog(changes),
    faults: new FaultControls(directory, changes),
    rateLimits: new RateLimits(rateLimitsOf(options), now),
    triggers: new Triggers(now, options.triggerLifetimeMs),
    responseUrls: new ResponseUrls(now),
    sockets: new SocketMode(directory.app.app_id),
    deliveries: new DeliveryLog(),
    stopping,
  };
}

function rateLimitsOf(options: StandinOptions): RateLimitOptions {
  const { postsPerSecond, postBurst, updatesPerMinute, updateBurst } = options;
  return {
    postsPerSecond: postsPerSecond === undefined ? SLACK_RATE_LIMITS.postsPerSecond : postsPerSecond,
    postBurst: postBurst ?? SLACK_RATE_LIMITS.postBurst,
    updatesPerMinute: updatesPerMinute === undefined ? SLACK_RATE_LIMITS.updatesPerMinute : updatesPerMinute,
    updateBurst: updateBurst ?? SLACK_RATE_LIMITS.updateBurst,
  };
}
