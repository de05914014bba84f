import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { afterEach, expect, it } from 'vitest';
import { withBatchSpan } from './batch-span.ts';
import { startTelemetry, type Telemetry } from './telemetry.ts';

const PRODUCER_TRACE = '0af7651916cd43dd8448eb211c80319c';

let telemetry: Telemetry | undefined;
let receiver: Server | undefined;

afterEach(async () => {
  await telemetry?.stop();
  receiver?.close();
  // The API keeps what the first SDK of a process registers; the next test starts one of its own.
  trace.disable();
  metrics.disable();
  context.disable();
  propagation.disable();
});

/** An OTLP/HTTP endpoint that keeps what it is sent. */
async function otlpReceiver(): Promise<{ url: string; bodies: string[] }> {
  const bodies: string[] = [];
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      bodies.push(body);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => receiver?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/v1/traces`, bodies };
}

const batch = {
  partition: 3,
  records: [{ headers: { traceparent: Buffer.from(`00-${PRODUCER_TRACE}-b7ad6b7169203331-01`) } }],
};

it('sends a span for a batch, linked to the span of its producer', async () => {
  const { url, bodies } = await otlpReceiver();
  telemetry = startTelemetry({ program: 'test', version: '1', tracesEndpoint: url });
  await withBatchSpan('orders', batch, async () => undefined);
  await telemetry.stop();
  const sent = JSON.parse(bodies.join('')) as {
    resourceSpans: { scopeSpans: { spans: { name: string; links: { traceId: string }[] }[] }[] }[];
  };
  const span = sent.resourceSpans[0]?.scopeSpans[0]?.spans[0];
  expect(span?.name).toBe('orders process');
  expect(span?.links.map((link) => link.traceId)).toEqual([PRODUCER_TRACE]);
});

it('records the error of a failed batch and passes it on', async () => {
  const { url, bodies } = await otlpReceiver();
  telemetry = startTelemetry({ program: 'test', version: '1', tracesEndpoint: url });
  const failing = withBatchSpan('orders', batch, () => Promise.reject(new Error('the database is away')));
  await expect(failing).rejects.toThrow('the database is away');
  await telemetry.stop();
  expect(bodies.join('')).toContain('the database is away');
});

it('does nothing without an endpoint but run the work', async () => {
  telemetry = startTelemetry({ program: 'test', version: '1', tracesEndpoint: null });
  expect(
    await withBatchSpan('orders', batch, async () => trace.getActiveSpan()?.isRecording() ?? false),
  ).toBe(false);
});

it('gives library metrics in the text format', async () => {
  telemetry = startTelemetry({ program: 'test', version: '1', tracesEndpoint: null });
  telemetry.meter.createHistogram('messaging.client.operation.duration', { unit: 's' }).record(0.2);
  expect(await telemetry.libraryMetrics()).toContain('messaging_client_operation_duration_count');
});
