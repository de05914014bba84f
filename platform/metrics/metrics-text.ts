import type { Registry } from 'prom-client';
import type { Telemetry } from '../tracing/telemetry.ts';
import { asOpenMetrics, openMetricsText } from './open-metrics.ts';

export const TEXT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
export const OPEN_METRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/** Everything a scrape shows, in the text format 0.0.4: our own metrics, then those of libraries. */
export async function metricsText(
  registry: Pick<Registry, 'metrics'>,
  telemetry: Pick<Telemetry, 'libraryMetrics'>,
): Promise<string> {
  const parts = await Promise.all([registry.metrics(), telemetry.libraryMetrics()]);
  // Every line ends; the exporter's "no registered metrics" does not.
  return parts.map((part) => (part.endsWith('\n') ? part : `${part}\n`)).join('');
}

/**
 * The answer to a scrape: OpenMetrics, with exemplars, for a scraper that asks for it (Prometheus always does), else the
 * text format. One under the other's content type would fail the scrape.
 *
 * @param accept the request's Accept header
 */
export async function scrapeAnswer(
  accept: string | undefined,
  registry: Pick<Registry, 'metrics' | 'getMetricsAsJSON'>,
  telemetry: Pick<Telemetry, 'libraryMetrics'>,
): Promise<{ type: string; text: string }> {
  if (!wantsOpenMetrics(accept)) return { type: TEXT_TYPE, text: await metricsText(registry, telemetry) };
  const [own, libraries] = await Promise.all([openMetricsText(registry), telemetry.libraryMetrics()]);
  return { type: OPEN_METRICS_TYPE, text: `${own}${asOpenMetrics(libraries)}# EOF\n` };
}

function wantsOpenMetrics(accept = ''): boolean {
  const ranges = accept.toLowerCase().split(',');
  return ranges.some(
    (range) => /^\s*application\/openmetrics-text\b/.test(range) && !/;\s*q=0(\.0*)?\s*(;|$)/.test(range),
  );
}
