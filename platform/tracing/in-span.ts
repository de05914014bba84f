import { type Context, context, type SpanOptions, SpanStatusCode, trace } from '@opentelemetry/api';

/** Runs work in a span that ends with it. @throws what the work throws; the span says so then */
export async function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: () => Promise<T>,
  parent: Context = context.active(),
): Promise<T> {
  return trace.getTracer('holdfast').startActiveSpan(name, options, parent, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.recordException(error instanceof Error ? error : String(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
