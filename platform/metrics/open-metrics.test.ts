import { Counter, Gauge, Registry, Summary } from 'prom-client';
import { expect, it } from 'vitest';
import { histogramWithExemplars } from './exemplars.ts';
import { scrapeAnswer } from './metrics-text.ts';
import { asOpenMetrics, openMetricsText } from './open-metrics.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

function registryWithAll(): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ program: 'test' });
  const registers = [registry];
  new Counter({ name: 'holdfast_sent_total', help: 'Sent.', labelNames: ['to'], registers }).inc(
    { to: 'a"\\\n' },
    3,
  );
  new Gauge({ name: 'holdfast_open', help: 'Open\nnow.', registers }).set(Number.POSITIVE_INFINITY);
  new Summary({ name: 'holdfast_size', help: 'Size.', percentiles: [0.5], registers }).observe(2);
  const latency = histogramWithExemplars(registry, {
    name: 'holdfast_seconds',
    help: 'Seconds.',
    buckets: [1, 2],
  });
  latency.observe({ value: 1.5, exemplarLabels: { trace_id: TRACE } });
  latency.observe({ value: 0.5, exemplarLabels: {} });
  return registry;
}

const noLibraries = { libraryMetrics: async () => '# no registered metrics' };

it('shows counters under the name of their family, exemplars at their buckets, and escapes', async () => {
  const text = await openMetricsText(registryWithAll());
  expect(text).toContain(
    '# TYPE holdfast_sent counter\nholdfast_sent_total{to="a\\"\\\\\\n",program="test"} 3\n',
  );
  expect(text).toContain('# HELP holdfast_open Open\\nnow.\n');
  expect(text).toContain('holdfast_open{program="test"} +Inf\n');
  expect(text).toContain('holdfast_size_count{program="test"} 1\n');
  expect(text).toMatch(
    new RegExp(
      `holdfast_seconds_bucket\\{le="2",program="test"\\} 2 # \\{trace_id="${TRACE}"\\} 1.5 \\d+(\\.\\d+)?\\n`,
    ),
  );
  expect(text).toContain('holdfast_seconds_bucket{le="1",program="test"} 1\n');
});

it('rewrites the text of libraries, whose comments and counters would not be understood', () => {
  const text = '# HELP calls_total Calls.\n# TYPE calls_total counter\n# a remark\n\ncalls_total{a="b"} 1\n';
  expect(asOpenMetrics(text)).toBe('# HELP calls Calls.\n# TYPE calls counter\ncalls_total{a="b"} 1\n');
});

it.each([
  [undefined, 'text/plain'],
  ['*/*', 'text/plain'],
  ['text/plain;version=0.0.4', 'text/plain'],
  ['application/openmetrics-text;q=0, text/plain', 'text/plain'],
  [
    'application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    'application/openmetrics-text',
  ],
])('answers Accept: %s in %s', async (accept, expected) => {
  const { type, text } = await scrapeAnswer(accept, registryWithAll(), noLibraries);
  expect(type.startsWith(expected)).toBe(true);
  const isOpenMetrics = expected !== 'text/plain';
  expect(text.match(/^# EOF$/gm)?.length ?? 0).toBe(isOpenMetrics ? 1 : 0);
  expect(text.endsWith('# EOF\n')).toBe(isOpenMetrics);
  expect(text.includes(TRACE)).toBe(isOpenMetrics);
  expect(/\n\n/.test(text)).toBe(!isOpenMetrics);
});

it('leaves the text format as it was, whichever was asked for before', async () => {
  const registry = registryWithAll();
  const before = await scrapeAnswer('text/plain', registry, noLibraries);
  await scrapeAnswer('application/openmetrics-text', registry, noLibraries);
  expect(await scrapeAnswer('text/plain', registry, noLibraries)).toEqual(before);
  expect(before.text).toContain('# TYPE holdfast_sent_total counter');
});
