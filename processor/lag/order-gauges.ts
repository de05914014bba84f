import { Counter, Gauge } from 'prom-client';
import { atScrape } from '../../platform/metrics/at-scrape.ts';
import type { GaugeSources } from './database-gauges.ts';
import { type OrderGaugeSample, readOrderGauges } from './read-order-gauges.ts';

/** How orders and alerts stand, and whether orders were in time; asked of the database at each scrape. */
export function registerOrderGauges({
  database,
  registry,
  logger,
}: Pick<GaugeSources, 'database' | 'registry' | 'logger'>): void {
  const collect = atScrape(async () => {
    try {
      const samples = await readOrderGauges(database);
      alertAge.reset();
      for (const sample of samples) byName[sample.name](sample);
    } catch (error) {
      // As with the other gauges of the database: readiness says that it is away.
      logger.debug({ err: error }, 'gauges of orders not read');
    }
  });
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new Gauge({ name, help, labelNames, registers: [registry], collect });

  const orders = gauge('holdfast_orders', 'Orders in a state now: backlog, late, held.', ['state']);
  const recentOrders = gauge(
    'holdfast_recent_orders',
    'Orders whose first ORDER_CREATED lies in the last half hour of event time.',
  );
  const recentHolds = gauge('holdfast_recent_holds', 'Holds opened in the last half hour of event time.');
  const alertAge = gauge(
    'holdfast_alerts_oldest_seconds',
    'Age of the oldest alert that nobody has acknowledged.',
    ['kind'],
  );
  // The database's count, so that it goes on after a restart and is the same in every instance. Without a sample until it
  // has been read: from 0 to what was there before would look like that many orders at once.
  const judged = new Counter({
    name: 'holdfast_orders_judged_total',
    help: 'Paid orders whose time to leave PAID is over, by whether they had left it: in_time, late.',
    labelNames: ['outcome'],
    registers: [registry],
    collect,
  });
  const byName: Record<OrderGaugeSample['name'], (sample: OrderGaugeSample) => void> = {
    state: ({ label, value }) => orders.set({ state: label }, value),
    recent: ({ label, value }) => (label === 'orders' ? recentOrders : recentHolds).set(value),
    alert_age: ({ label, value }) => alertAge.set({ kind: label }, value),
    judged: ({ label, value }) => {
      judged.remove({ outcome: label });
      judged.inc({ outcome: label }, value);
    },
  };
}
