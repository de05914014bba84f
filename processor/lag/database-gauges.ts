import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Logger } from '../../platform/logger/logger.ts';
import { atScrape } from '../../platform/metrics/at-scrape.ts';
import type { ProcessorHealth } from '../health.ts';
import { type GaugeSample, readGauges } from '../sql/gauges.ts';
import { registerOrderGauges } from './order-gauges.ts';

export interface GaugeSources {
  database: Database;
  registry: Registry;
  logger: Logger;
  health: ProcessorHealth;
  clock: Clock;
}

/** Gauges that are asked for at each scrape: of the database, and of what this instance has seen. */
export function registerGauges({ database, registry, logger, health, clock }: GaugeSources): void {
  registerOrderGauges({ database, registry, logger });
  const registers = [registry];
  const collect = atScrape(async () => {
    try {
      const samples = await readGauges(database);
      for (const family of [alerts, depth]) family.reset();
      for (const sample of samples) byName[sample.name](sample);
    } catch (error) {
      // A scrape must not fail because the database is away: readiness says so, and the other metrics matter then.
      logger.debug({ err: error }, 'gauges of the database not read');
    }
  });
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new Gauge({ name, help, labelNames, registers, collect });

  const byName: Record<GaugeSample['name'], (sample: GaugeSample) => void> = {
    alerts: ({ label, second, value }) => alerts.set({ kind: label, status: second }, value),
    outbox_depth: ({ label, value }) => depth.set({ outbox: 'kafka', state: label }, value),
    outbox_oldest: ({ value }) => oldest.set({ outbox: 'kafka' }, value),
    slack_depth: ({ label, value }) => depth.set({ outbox: 'slack', state: label }, value),
    slack_oldest: ({ value }) => oldest.set({ outbox: 'slack' }, value),
    webhook_depth: ({ label, value }) => depth.set({ outbox: 'webhooks', state: label }, value),
    webhook_oldest: ({ value }) => oldest.set({ outbox: 'webhooks' }, value),
    rollup_age: ({ label, value }) => refreshAge.set({ aggregate: label }, value),
  };
  const depth = gauge('holdfast_outbox_depth', 'Messages that wait in an outbox, by state.', [
    'outbox',
    'state',
  ]);
  const oldest = gauge('holdfast_outbox_oldest_seconds', 'Age of the oldest waiting message.', ['outbox']);
  const refreshAge = gauge(
    'holdfast_aggregate_refresh_age_seconds',
    'Time since a continuous aggregate was last refreshed by its policy; -1: never.',
    ['aggregate'],
  );
  const alerts = gauge('holdfast_alerts', 'Unresolved alerts.', ['kind', 'status']);
  new Gauge({
    name: 'holdfast_watermark_age_seconds',
    help: 'Time since the latest event time that this instance has committed; -1 before the first.',
    registers,
    collect() {
      this.set(health.watermark === null ? -1 : (clock.now() - health.watermark) / 1e6);
    },
  });
  new Gauge({
    name: 'holdfast_database_connections',
    help: 'Connections of the database pool, by state; waiting: requests that wait for one.',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'idle' }, database.idleCount);
      this.set({ state: 'used' }, database.totalCount - database.idleCount);
      this.set({ state: 'waiting' }, database.waitingCount);
    },
  });
}
