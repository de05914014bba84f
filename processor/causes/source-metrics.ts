import { Counter, type Registry } from 'prom-client';

export interface SourceMetrics {
  requests: Counter<'source' | 'outcome'>;
}

export function createSourceMetrics(registry: Registry): SourceMetrics {
  return {
    requests: new Counter({
      name: 'holdfast_source_requests_total',
      help: 'Questions to weather, traffic and health probes, by outcome: read, unusable, failed.',
      labelNames: ['source', 'outcome'],
      registers: [registry],
    }),
  };
}
