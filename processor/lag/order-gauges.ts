import { Gauge } from 'prom-client';
import type { GaugeSources } from './database-gauges.ts';
import { type OrderGaugeSample, readOrderGauges } from './read-order-gauges.ts';

/** How orders and alerts stand; asked of the database at each scrape. */
export function registerOrderGauges({
  database,
  registry,
  logger,
}: Pick<GaugeSources, 'database' | 'registry' | 'logger'>): void {
  const registers = [registry];
  const orders: Gauge = new Gauge({
    name: 'holdfast_orders',
    help: 'Orders in a state now: backlog, late, held.',
    labelNames: ['state'],
    registers,
    async collect() {
      try {
        const samples = await readOrderGauges(database);
        alertAge.reset();
        for (const sample of samples) byName[sample.name](sample);
      } catch (error) {
        // As with the other gauges of the database: readiness says that it is away.
        logger.debug({ err: error }, 'gauges of orders not read');
      }
    },
  });
  const recentOrders = new Gauge({
    name: 'holdfast_recent_orders',
    help: 'Orders whose first ORDER_CREATED lies in the last half hour of event time.',
    registers,
  });
  const recentHolds = new Gauge({
    name: 'holdfast_recent_holds',
    help: 'Holds opened in the last half hour of event time.',
    registers,
  });
  const alertAge = new Gauge({
    name: 'holdfast_alerts_oldest_seconds',
    help: 'Age of the oldest alert that nobody has acknowledged.',
    labelNames: ['kind'],
    registers,
  });
  const byName: Record<OrderGaugeSample['name'], (sample: OrderGaugeSample) => void> = {
    state: ({ label, value }) => orders.set({ state: label }, value),
    recent: ({ label, value }) => (label === 'orders' ? recentOrders : recentHolds).set(value),
    alert_age: ({ label, value }) => alertAge.set({ kind: label }, value),
  };
}
