import { Counter, Gauge, type Registry } from 'prom-client';
import { SECOND } from '../../domain/time/micros.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Database } from '../../platform/database/database.ts';
import { atScrape } from '../../platform/metrics/at-scrape.ts';
import { readSlackBacklog, type SlackBacklog } from '../sql/read-slack-backlog.ts';

/** What delivery counts. */
export interface DeliveryMetrics {
  requests: Counter<'method' | 'outcome'>;
  sent: Counter<'kind'>;
  dead: Counter;
  replaced: Counter;
  mended: Counter;
}

export function createDeliveryMetrics(registry: Registry): DeliveryMetrics {
  const registers = [registry];
  return {
    requests: new Counter({
      name: 'holdfast_slack_requests_total',
      help: 'Calls of the Slack Web API for delivery, by method and outcome.',
      labelNames: ['method', 'outcome'],
      registers,
    }),
    sent: new Counter({
      name: 'holdfast_slack_messages_sent_total',
      help: 'Messages that are in Slack: of one alert, of a group, or a post in a thread.',
      labelNames: ['kind'],
      registers,
    }),
    dead: new Counter({
      name: 'holdfast_slack_messages_dead_total',
      help: 'Messages given up: Slack refuses them for good. They stay in slack_messages, state dead.',
      registers,
    }),
    replaced: new Counter({
      name: 'holdfast_slack_messages_replaced_total',
      help: 'Messages that were deleted or out of reach while unresolved, and were posted again.',
      registers,
    }),
    mended: new Counter({
      name: 'holdfast_slack_messages_mended_total',
      help: 'Messages that the sweep found not to show what the database says, or not to be there.',
      registers,
    }),
  };
}

const UNSENT = ['waiting', 'pending', 'sending', 'uncertain', 'dead'];

/** Gauges of the outbox, asked for at each scrape. They go on when the database is away: what is old gets older. */
export function registerBacklogGauges(registry: Registry, database: Database, clock: Clock): void {
  const registers = [registry];
  let backlog: SlackBacklog = { depth: [], oldestSeconds: 0 };
  let readAt = clock.now();
  const latest = atScrape(async () => {
    try {
      backlog = await readSlackBacklog(database);
      readAt = clock.now();
    } catch {
      // A scrape must not fail because the database is away: readiness says so.
    }
  });

  new Gauge({
    name: 'holdfast_slack_outbox_depth',
    help: 'Messages and thread posts that are not in Slack, by state.',
    labelNames: ['state'],
    registers,
    async collect() {
      await latest();
      for (const state of UNSENT) this.set({ state }, 0);
      for (const { state, count } of backlog.depth) this.set({ state }, count);
    },
  });
  new Gauge({
    name: 'holdfast_slack_oldest_pending_seconds',
    help: 'Age of the oldest alert that has not reached Slack; 0: all have.',
    registers,
    async collect() {
      await latest();
      const { oldestSeconds } = backlog;
      this.set(oldestSeconds === 0 ? 0 : oldestSeconds + Math.max(0, clock.now() - readAt) / SECOND);
    },
  });
}
