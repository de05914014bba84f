import { EventReaders } from '../../platform/avro/event-readers.ts';
import type { Config } from '../../platform/config/load.ts';
import type { ProcessorMetrics } from '../metrics.ts';

/** The readers of Avro values, with the registry that is configured; what is asked of it is counted. */
export function createReaders(
  config: Pick<Config, 'schemaRegistry' | 'maxRecordBytes'>,
  metrics: Pick<ProcessorMetrics, 'registryLookups'>,
): EventReaders {
  return new EventReaders({
    registry: config.schemaRegistry,
    maxBytes: config.maxRecordBytes,
    clock: () => performance.now(),
    onLookup: (outcome) => metrics.registryLookups.inc({ outcome }),
  });
}
