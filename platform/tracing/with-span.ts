import {
  type Attributes,
  context,
  isSpanContextValid,
  type Link,
  type SpanContext,
  SpanKind,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { inSpan } from './in-span.ts';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * Runs work in a span. One trace that led to it is continued, so that the whole way is one trace; several are linked to.
 * Costs nothing while tracing is off.
 *
 * @param traceparents W3C trace contexts of what led to it; what is none is left out
 * @throws what the work throws; the span says so then
 */
export async function withSpan<T>(
  name: string,
  attributes: Attributes,
  traceparents: readonly (string | null)[],
  work: () => Promise<T>,
): Promise<T> {
  const origins = distinctOrigins(traceparents);
  const [only] = origins;
  const isContinued = only !== undefined && origins.length === 1;
  const parent = isContinued ? trace.setSpanContext(context.active(), only) : context.active();
  const links: Link[] = isContinued ? [] : origins.map((origin) => ({ context: origin }));
  return inSpan(name, { kind: SpanKind.CLIENT, attributes, links }, work, parent);
}

/** Runs work in a span within the one that is active; where none is recorded, there is nothing to be a part of. */
export async function withInnerSpan<T>(
  name: string,
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  if (trace.getActiveSpan()?.isRecording() !== true) return work();
  return inSpan(name, { kind: SpanKind.CLIENT, attributes }, work);
}

/** W3C trace context of the span this is called in, to be kept with what it decides; null while tracing is off. */
export function activeTraceparent(): string | null {
  const span = trace.getActiveSpan()?.spanContext();
  if (span === undefined || !isSpanContextValid(span)) return null;
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
}

/** @returns null for what is no trace context of the W3C's version 00 */
export function spanContextOf(traceparent: string | null): SpanContext | null {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return null;
  const found = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED,
    isRemote: true,
  };
  return isSpanContextValid(found) ? found : null;
}

function distinctOrigins(traceparents: readonly (string | null)[]): SpanContext[] {
  const bySpan = new Map<string, SpanContext>();
  for (const traceparent of traceparents) {
    const origin = spanContextOf(traceparent);
    if (origin !== null) bySpan.set(`${origin.traceId} ${origin.spanId}`, origin);
  }
  return [...bySpan.values()];
}
