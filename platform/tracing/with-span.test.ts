import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, it } from 'vitest';
import { type OtlpReceiver, startOtlpReceiver } from '../../test/support/otlp-receiver.ts';
import { startTelemetry, type Telemetry } from './telemetry.ts';
import { activeTraceparent, spanContextOf, withInnerSpan, withSpan } from './with-span.ts';

const ONE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const OTHER = '00-1af7651916cd43dd8448eb211c80319c-c7ad6b7169203331-01';

let receiver: OtlpReceiver;
let telemetry: Telemetry | undefined;

async function traced(): Promise<void> {
  receiver = await startOtlpReceiver();
  telemetry = startTelemetry({
    program: 'test',
    version: '1',
    tracesEndpoint: `${receiver.endpoint}/v1/traces`,
  });
}

afterEach(async () => {
  await telemetry?.stop();
  telemetry = undefined;
  await receiver?.stop();
  trace.disable();
  metrics.disable();
  context.disable();
  propagation.disable();
});

describe('with tracing', () => {
  it('goes on in the one trace that led to it', async () => {
    await traced();
    const inside = await withSpan('slack', { method: 'chat.postMessage' }, [ONE, ONE, null], async () =>
      activeTraceparent(),
    );
    await telemetry?.stop();
    const [span] = receiver.spans;
    expect(span).toMatchObject({
      name: 'slack',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331',
      links: [],
      attributes: { method: 'chat.postMessage' },
    });
    expect(inside).toBe(`00-${span?.traceId}-${span?.spanId}-01`);
  });

  it('links to several, in a trace of its own', async () => {
    await traced();
    await withSpan('slack', {}, [ONE, OTHER, 'rubbish'], async () => undefined);
    await telemetry?.stop();
    const [span] = receiver.spans;
    expect(span?.parentSpanId).toBe('');
    expect(span?.links.map(({ spanId }) => spanId)).toEqual(['b7ad6b7169203331', 'c7ad6b7169203331']);
  });

  it('says that the work failed, and passes it on', async () => {
    await traced();
    await expect(withSpan('slack', {}, [], () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await telemetry?.stop();
    expect(receiver.spans[0]?.isError).toBe(true);
  });

  it('makes an inner span within another one only', async () => {
    await traced();
    await withInnerSpan('alone', {}, async () => undefined);
    await withSpan('outer', {}, [], () => withInnerSpan('inner', {}, async () => undefined));
    await telemetry?.stop();
    expect(receiver.spans.map(({ name }) => name).toSorted()).toEqual(['inner', 'outer']);
  });
});

describe('without tracing', () => {
  it('only does the work', async () => {
    receiver = await startOtlpReceiver();
    telemetry = startTelemetry({ program: 'test', version: '1', tracesEndpoint: null });
    expect(await withSpan('slack', {}, [ONE], async () => 7)).toBe(7);
    expect(await withInnerSpan('x', {}, async () => activeTraceparent())).toBeNull();
    await telemetry.stop();
    expect(receiver.spans).toEqual([]);
  });
});

it.each([
  null,
  '',
  'x',
  '00-0-0-00',
  '01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
])('takes %j for no trace context', (text) => {
  expect(spanContextOf(text)).toBeNull();
});
