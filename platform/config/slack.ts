import type { AlertKind } from '../../domain/alerts/alert.ts';
import type { Variables } from './variables.ts';

export interface SlackConfig {
  botToken: string;
  /** Null with Socket Mode. */
  signingSecret: string | null;
  /** Set: Socket Mode. */
  appToken: string | null;
  /** Base of the Web API, with a slash at its end. */
  apiUrl: string;
  /** Channel, by id or #name, of each kind of alert. */
  channels: Readonly<Record<AlertKind, string>>;
  /** Where messages go while their own channel is archived or gone. */
  fallbackChannel: string | null;
  /** User group whose members may act; null: everybody may. */
  operatorsGroup: string | null;
  /** User group or user to mention when nobody reacts. */
  escalation: string | null;
  postsPerSecond: number;
  updatesPerMinute: number;
  /** So many unsent alerts of one group become one message. */
  groupFrom: number;
}

/** Null: no bot token is set. */
export function slackConfig(v: Variables): SlackConfig | null {
  if (v.SLACK_BOT_TOKEN === undefined) return null;
  return {
    botToken: v.SLACK_BOT_TOKEN,
    signingSecret: v.SLACK_SIGNING_SECRET ?? null,
    appToken: v.SLACK_APP_TOKEN ?? null,
    apiUrl: `${(v.SLACK_API_URL ?? 'https://slack.com/api').replace(/\/+$/, '')}/`,
    channels: {
      EVENT: v.SLACK_CHANNEL_EVENT ?? v.SLACK_CHANNEL,
      HOLD: v.SLACK_CHANNEL_HOLD ?? v.SLACK_CHANNEL,
      ANOMALY: v.SLACK_CHANNEL_ANOMALY ?? v.SLACK_CHANNEL,
      INVENTORY: v.SLACK_CHANNEL_INVENTORY ?? v.SLACK_CHANNEL,
      DELIVERY: v.SLACK_CHANNEL_DELIVERY ?? v.SLACK_CHANNEL,
      PIPELINE: v.SLACK_CHANNEL_PIPELINE ?? v.SLACK_CHANNEL,
    },
    fallbackChannel: v.SLACK_FALLBACK_CHANNEL ?? null,
    operatorsGroup: v.SLACK_OPERATORS_GROUP ?? null,
    escalation: v.SLACK_ESCALATION ?? null,
    postsPerSecond: v.HOLDFAST_SLACK_POSTS_PER_SECOND,
    updatesPerMinute: v.HOLDFAST_SLACK_UPDATES_PER_MINUTE,
    groupFrom: v.HOLDFAST_SLACK_GROUP_FROM,
  };
}

/** A bot that nobody could tell anything. */
export function missingSlackSecret(v: Variables): string[] {
  const isMissing =
    v.SLACK_BOT_TOKEN !== undefined &&
    v.SLACK_SIGNING_SECRET === undefined &&
    v.SLACK_APP_TOKEN === undefined;
  return isMissing
    ? ['SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN for Socket Mode) is missing, SLACK_BOT_TOKEN needs it']
    : [];
}
