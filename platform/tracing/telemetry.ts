import { type Meter, metrics } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';

export interface Telemetry {
  /** For metrics of libraries; the application's own are prom-client's, under other names. */
  meter: Meter;
  /** Library metrics in Prometheus' text format. */
  libraryMetrics(): Promise<string>;
  stop(): Promise<void>;
}

export interface TelemetryOptions {
  program: string;
  version: string;
  /** OTLP/HTTP endpoint of the traces; null: no tracing. */
  tracesEndpoint: string | null;
}

/**
 * Starts OpenTelemetry: traces when an endpoint is set, library metrics for our own /metrics (the exporter's server is
 * not started).
 */
export function startTelemetry(options: TelemetryOptions): Telemetry {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const serializer = new PrometheusSerializer();
  const sdk = new NodeSDK({
    autoDetectResources: false,
    resource: resourceFromAttributes({
      'service.name': `holdfast-${options.program}`,
      'service.version': options.version,
    }),
    metricReaders: [exporter],
    ...(options.tracesEndpoint === null
      ? { spanProcessors: [] }
      : { traceExporter: new OTLPTraceExporter({ url: options.tracesEndpoint }) }),
    instrumentations: [],
    logRecordProcessors: [],
  });
  sdk.start();
  return {
    meter: metrics.getMeter('holdfast'),
    libraryMetrics: async () => serializer.serialize((await exporter.collect()).resourceMetrics),
    stop: () => sdk.shutdown(),
  };
}
