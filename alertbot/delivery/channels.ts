import type { Micros } from '../../domain/time/micros.ts';
import { hastenDoubts } from '../sql/hasten-doubts.ts';
import { readChannelId } from '../sql/read-channel-id.ts';
import { retargetPending } from '../sql/retarget-pending.ts';
import { sendGuestsHome } from '../sql/send-guests-home.ts';
import { Channel } from './channel.ts';
import type { DeliveryContext } from './parts.ts';
import type { Answer, SlackCalls } from './slack-calls.ts';

const SLACK_ID = /^[CGD][A-Z0-9]{2,}$/;

/** The configured channels: which there are, which take messages, and what Slack calls them. */
export class Channels {
  readonly all: readonly Channel[];
  private readonly fallback: Channel | null;
  private readonly context: DeliveryContext;
  private readonly calls: SlackCalls;
  private readonly ids = new Map<string, string>();

  constructor(context: DeliveryContext, calls: SlackCalls) {
    const { channels, fallbackChannel, postsPerSecond } = context.config.slack;
    const targets = new Set([
      ...Object.values(channels),
      ...(fallbackChannel === null ? [] : [fallbackChannel]),
    ]);
    this.all = [...targets].map((target) => new Channel(target, postsPerSecond));
    this.fallback = this.all.find(({ target }) => target === fallbackChannel) ?? null;
    this.context = context;
    this.calls = calls;
  }

  get targets(): string[] {
    return this.all.map(({ target }) => target);
  }

  /** Whether there is another channel for what cannot be in the configured one. */
  get hasFallback(): boolean {
    return this.fallback !== null;
  }

  /** It has just taken a message. */
  async took(channel: Channel, now: Micros): Promise<void> {
    channel.open();
    this.reportClosed(now);
    await this.answered(channel.target, now);
  }

  learn(channel: Channel, id: string): void {
    this.ids.set(channel.target, id);
  }

  /** Slack answers what is asked of this channel. What is in doubt since it did not is looked for now. */
  async answered(target: string, now: Micros): Promise<void> {
    const channel = this.all.find((one) => one.target === target);
    if (channel?.answered()) await hastenDoubts(this.context.database, target, now);
  }

  /** It has just refused a message: what waits for it goes elsewhere, for the next minute. */
  async closed(channel: Channel, now: Micros, error: string): Promise<void> {
    channel.close(now, error);
    this.reportClosed(now);
    if (channel === this.fallback) await sendGuestsHome(this.context.database, channel.target);
    else await this.passOn(channel, now);
  }

  /** Readiness: a channel whose messages can go nowhere. */
  private reportClosed(now: Micros): void {
    const stranded = this.fallback === null || this.fallback.isClosed(now);
    for (const channel of this.all) {
      if (channel === this.fallback) continue;
      const problem = `${channel.target} takes no messages (${channel.closedBy}): invite the app, unarchive the channel, or set SLACK_FALLBACK_CHANNEL to one that takes them`;
      this.context.health.report(
        `channel ${channel.target}`,
        stranded && channel.isClosed(now) ? problem : null,
      );
    }
  }

  /** Moves what waits for a closed channel to the fallback channel; false when that takes nothing either. */
  async passOn(channel: Channel, now: Micros): Promise<boolean> {
    if (this.fallback === null || channel === this.fallback || this.fallback.isClosed(now)) return false;
    const moved = await retargetPending(this.context.database, channel.target, this.fallback.target);
    if (moved > 0) {
      const { logger } = this.context;
      logger.warn(
        { channel: channel.target, fallback: this.fallback.target, moved },
        'messages go to the fallback channel',
      );
    }
    return true;
  }

  /** Slack's id of a configured channel; null: there is no such channel, as far as the app can see. */
  async idOf(target: string): Promise<Answer<string | null>> {
    if (SLACK_ID.test(target)) return { ok: true, value: target };
    const known = this.ids.get(target);
    if (known !== undefined) return { ok: true, value: known };
    let cursor: string | undefined;
    do {
      const page = await this.calls.channels(cursor);
      // An app may post to a channel and read it, and yet not be allowed to list channels.
      if (!page.ok && page.failure.kind === 'auth') {
        const last = await readChannelId(this.context.database, target);
        return last === null ? page : { ok: true, value: last };
      }
      if (!page.ok) return page;
      for (const { id, name } of page.value.channels) this.ids.set(`#${name}`, id);
      cursor = page.value.cursor ?? undefined;
    } while (cursor !== undefined && !this.ids.has(target));
    return { ok: true, value: this.ids.get(target) ?? null };
  }
}
