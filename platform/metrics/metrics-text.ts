import type { Registry } from 'prom-client';
import type { Telemetry } from '../tracing/telemetry.ts';

/** Everything a scrape shows, in the text format 0.0.4: our own metrics, then those of libraries. */
export async function metricsText(registry: Registry, telemetry: Telemetry): Promise<string> {
  const [own, libraries] = await Promise.all([registry.metrics(), telemetry.libraryMetrics()]);
  return `${own}${own.endsWith('\n') ? '' : '\n'}${libraries}`;
}
