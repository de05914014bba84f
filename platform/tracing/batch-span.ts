import { context, type Link, propagation, SpanKind, trace } from '@opentelemetry/api';
import { inSpan } from './in-span.ts';

interface TracedRecord {
  headers: Readonly<Record<string, unknown>>;
}

/** Links to all producers of a large batch would dwarf its span; the backends keep 128 anyway. */
const MOST_LINKS = 128;

/**
 * Runs the work of one batch in a span, linked to the spans of the producers that Kafka headers name. Costs nothing
 * while tracing is off.
 */
export async function withBatchSpan<T>(
  topic: string,
  batch: { partition: number; records: readonly TracedRecord[] },
  work: () => Promise<T>,
): Promise<T> {
  const options = {
    kind: SpanKind.CONSUMER,
    attributes: {
      'messaging.system': 'kafka',
      'messaging.operation.type': 'process',
      'messaging.destination.name': topic,
      'messaging.destination.partition.id': String(batch.partition),
      'messaging.batch.message_count': batch.records.length,
    },
    links: linksOf(batch.records),
  };
  return inSpan(`${topic} process`, options, work);
}

function linksOf(records: readonly TracedRecord[]): Link[] {
  const links: Link[] = [];
  for (const { headers } of records) {
    if (headers.traceparent === undefined) continue;
    const carrier = {
      traceparent: String(headers.traceparent),
      tracestate: String(headers.tracestate ?? ''),
    };
    const producer = trace.getSpanContext(propagation.extract(context.active(), carrier));
    if (producer !== undefined) links.push({ context: producer });
    if (links.length >= MOST_LINKS) break;
  }
  return links;
}
