import { context, propagation, trace } from '@opentelemetry/api';
import { afterEach, expect, it, vi } from 'vitest';
import { ErrorCounts } from '../errors/error-counts.ts';
import { startTelemetry } from '../tracing/telemetry.ts';
import { withSpan } from '../tracing/with-span.ts';
import { createLogger } from './logger.ts';

afterEach(() => {
  vi.restoreAllMocks();
  trace.disable();
  context.disable();
  propagation.disable();
});

/** What a logger says through pino's own stream. */
function lines(work: (log: ReturnType<typeof createLogger>) => void | Promise<void>, errors?: ErrorCounts) {
  const logger = createLogger({ program: 'test', level: 'info', ...(errors ? { errors } : {}) });
  const stream = Object.getOwnPropertySymbols(logger).find(
    (symbol) => String(symbol) === 'Symbol(pino.stream)',
  );
  const said: Record<string, unknown>[] = [];
  const target = (logger as unknown as Record<symbol, { write: (line: string) => boolean }>)[
    stream as symbol
  ];
  vi.spyOn(target as { write: (line: string) => boolean }, 'write').mockImplementation((line) => {
    said.push(JSON.parse(line) as Record<string, unknown>);
    return true;
  });
  return Promise.resolve(work(logger)).then(() => said);
}

it('says which trace a line belongs to, and nothing of the kind without one', async () => {
  const telemetry = startTelemetry({
    program: 'test',
    version: '1',
    tracesEndpoint: 'http://127.0.0.1:9/v1/traces',
  });
  const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const [inside, outside] = await lines(async (log) => {
    await withSpan('work', {}, [parent], async () => log.info('inside'));
    log.info('outside');
  });
  expect(inside).toMatchObject({ msg: 'inside', trace_id: '0af7651916cd43dd8448eb211c80319c' });
  expect(inside?.span_id).toMatch(/^[0-9a-f]{16}$/);
  expect(outside).not.toHaveProperty('trace_id');
  void telemetry.stop().catch(() => undefined);
});

it('counts errors, and warnings that come with one, of its children too', async () => {
  const errors = new ErrorCounts('test', () => 0);
  const said = await lines((log) => {
    log.error('no trace of it');
    log.child({ part: 'x' }).warn({ err: new TypeError('why') }, 'tried again');
    log.warn('only a warning');
    log.info({ err: new Error('x') }, 'no matter');
    log.debug('silent');
  }, errors);
  expect(said).toHaveLength(4);
  expect(errors.take().map(({ code, template }) => [code, template])).toEqual([
    ['none', 'no trace of it'],
    ['TypeError', 'tried again'],
  ]);
});

it('never writes what is named like a secret', async () => {
  const said = await lines((log) => log.info({ token: 'xoxb-1', nested: { password: 'p' } }, 'x'));
  expect(JSON.stringify(said)).not.toMatch(/xoxb|"p"/);
});
