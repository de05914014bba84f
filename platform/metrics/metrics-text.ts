import type { Registry } from 'prom-client';
import type { Telemetry } from '../tracing/telemetry.ts';

/** Everything a scrape shows, in the text format 0.0.4: our own metrics, then those of libraries. */
export async function metricsText(
  registry: Pick<Registry, 'metrics'>,
  telemetry: Pick<Telemetry, 'libraryMetrics'>,
): Promise<string> {
  const parts = await Promise.all([registry.metrics(), telemetry.libraryMetrics()]);
  // Every line ends; the exporter's "no registered metrics" does not.
  return parts.map((part) => (part.endsWith('\n') ? part : `${part}\n`)).join('');
}
