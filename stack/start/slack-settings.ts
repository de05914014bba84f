import { randomBytes } from 'node:crypto';
import type { Config } from '../../platform/config/load.ts';
import { httpBase } from './http-base.ts';

/**
 * What stand-in and alertbot have to agree on, as environment variables: secrets of this start, the address of the Web
 * API and the channels, user groups and people the stand-in begins with.
 */
export function slackStandinSettings(config: Config): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: `xoxb-standin-${randomBytes(16).toString('hex')}`,
    SLACK_SIGNING_SECRET: randomBytes(16).toString('hex'),
    SLACK_API_URL: `${httpBase(config, config.ports.slackStandin)}/api`,
    SLACK_CHANNEL: '#holdfast',
    SLACK_CHANNEL_PIPELINE: '#sre',
    SLACK_FALLBACK_CHANNEL: '#holdfast-fallback',
    SLACK_OPERATORS_GROUP: 'S0OPS',
    SLACK_ESCALATION: 'S0ONCALL',
  };
}
