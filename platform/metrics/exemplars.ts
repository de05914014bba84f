import { isSpanContextValid, TraceFlags, trace } from '@opentelemetry/api';
import { Histogram, type HistogramConfiguration, type Registry } from 'prom-client';

/**
 * A histogram whose buckets remember a trace each. prom-client refuses such a one in a registry of the text format, which
 * cannot show exemplars; ours is read in both formats, and {@link openMetricsText} shows them.
 */
export function histogramWithExemplars(
  registry: Registry,
  configuration: Omit<HistogramConfiguration<string>, 'registers' | 'enableExemplars'>,
): Histogram {
  const histogram = new Histogram({ ...configuration, registers: [], enableExemplars: true });
  registry.registerMetric(histogram);
  return histogram;
}

const NONE: Readonly<Record<string, string>> = {};

/** Labels of an exemplar: the trace of the span this is called in; none while tracing is off or the span is not kept. */
export function exemplarOfActiveSpan(): Readonly<Record<string, string>> {
  const span = trace.getActiveSpan()?.spanContext();
  if (span === undefined || !isSpanContextValid(span) || (span.traceFlags & TraceFlags.SAMPLED) === 0)
    return NONE;
  return { trace_id: span.traceId };
}
