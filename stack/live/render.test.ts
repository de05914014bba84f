import { describe, expect, test } from 'vitest';
import { Journal } from './journal.ts';
import { ansiPaint } from './paint.ts';
import { type RenderOptions, render } from './render.ts';
import type { StackState } from './state.ts';

const size = { columns: 80, rows: 24 };

function draw(state: StackState, options: Partial<RenderOptions> = {}): string[] {
  return render(state, { ...size, now: 75_000, timeZone: 'UTC', ...options });
}

async function startedJournal(): Promise<Journal> {
  let clock = 0;
  const journal = new Journal(['TimescaleDB', 'Kafka', 'Processor'], () => {
    clock += 1_000;
    return clock;
  });
  await journal.step('TimescaleDB', async () => {});
  await journal.step('Kafka', async () => {});
  return journal;
}

async function readyState(): Promise<StackState> {
  const journal = await startedJournal();
  await journal.step('Processor', async () => {});
  journal.ready([
    { label: 'database', url: 'postgres://postgres@127.0.0.1:55432/postgres' },
    { label: 'kafka', url: '127.0.0.1:59092' },
    { label: 'metrics', url: 'http://127.0.0.1:9464/metrics' },
    { label: 'an order', url: 'http://127.0.0.1:9464/api/v1/orders/:id' },
    { label: 'logs', url: '.holdfast/logs' },
  ]);
  const { state } = journal;
  state.traffic = {
    recordsPerSecond: 20.4,
    consumed: 1_234_567,
    duplicate: 12,
    deadLettered: 3,
    holdsOpened: 40,
    lag: 1_204,
    latencyP95: 0.123,
    history: Array.from({ length: 60 }, (_, index) => index % 21),
    alerts: { open: 1_312, acknowledged: 3, retrying: 1, unsent: 4 },
  };
  state.holds = {
    open: { 'FUL-VALID': 12, 'FUL-FRAUD-USER': 300, 'FUL-FRAUD-PROD': 1, EXTERNAL: 2 },
    latest: Array.from({ length: 20 }, (_, index) => ({
      orderId: `run1-order-${index}`,
      reason: 'FUL-FRAUD-USER',
      openedAt: new Date(Date.UTC(2026, 0, 2, 3, 4, 59 - index)),
    })),
  };
  state.window = {
    start: new Date(Date.UTC(2026, 0, 2, 3, 0)),
    orders: 512,
    payments: 480,
    shipped: 300,
    holds: 41,
  };
  return state;
}

test('the start shows what is done, what runs and what waits', async () => {
  const journal = await startedJournal();
  void journal.step('Processor', () => new Promise(() => {}));
  expect(draw(journal.state, { now: 10_000 })).toEqual([
    ' Holdfast                                               starting · Ctrl-C stops',
    '',
    ' ✓ TimescaleDB                                1.0 s',
    ' ✓ Kafka                                      1.0 s',
    ' ▸ Processor                                    4 s',
    '',
  ]);
});

test('the running stack fits 80 x 24', async () => {
  const lines = draw(await readyState());
  expect(lines.slice(0, 18)).toEqual([
    ' Holdfast  ready in 7.0 s                                up 1:14 · Ctrl-C stops',
    '',
    ' records     20.4/s    1,234,567 consumed · 12 duplicate · 3 dead-lettered',
    ' behind      1,204 records waiting · produced to committed in 0.12 s (95 %)',
    ' alerts      1,312 open · 3 acknowledged · 1 retrying · 4 on their way to Slack',
    ' since 03:00 512 orders · 480 paid · 300 shipped · 41 holds (8.0 %)',
    '',
    ' open holds         315           latest holds',
    ' FUL-VALID           12 █         03:04:59  FUL-FRAUD-USER  run1-order-0',
    ' FUL-FRAUD-USER     300 ████████  03:04:58  FUL-FRAUD-USER  run1-order-1',
    ' FUL-FRAUD-PROD       1 █         03:04:57  FUL-FRAUD-USER  run1-order-2',
    ' FUL-INV              0           03:04:56  FUL-FRAUD-USER  run1-order-3',
    ' EXTERNAL             2 █         03:04:55  FUL-FRAUD-USER  run1-order-4',
    expect.stringContaining('run1-order-5'),
    expect.stringContaining('run1-order-6'),
    expect.stringContaining('run1-order-7'),
    expect.stringContaining('run1-order-8'),
    expect.stringContaining('run1-order-9'),
  ]);
  expect(lines).toContain(' an order    http://127.0.0.1:9464/api/v1/orders/run1-order-0');
  expect(lines).toHaveLength(24);
});

test('a wide terminal gets the chart', async () => {
  const [, , records] = draw(await readyState(), { columns: 140 });
  expect(records).toMatch(/dead-lettered {2}[▁▂▃▄▅▆▇█]{40,}$/);
});

describe.each([
  [80, 24],
  [80, 16],
  [40, 10],
  [20, 3],
  [200, 60],
])('at %i x %i', (columns, rows) => {
  test('no line is too long and none too many, whatever happens', async () => {
    const state = await readyState();
    state.events.push({ at: new Date(0), text: `processor ended: ${'x'.repeat(300)}` });
    const { readyAfterMs: _, ...starting } = state;
    const states: StackState[] = [{ ...starting, phase: 'starting' }, state, { ...state, phase: 'stopping' }];
    for (const shown of states) {
      const lines = draw(shown, { columns, rows });
      expect(lines.length).toBeLessThanOrEqual(rows);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    }
  });
});

test('colours change nothing but colours', async () => {
  const state = await readyState();
  const painted = draw(state, { columns: 120, paint: ansiPaint });
  // biome-ignore lint/complexity/useRegexLiterals: the escape is easier to see this way
  const bare = painted.map((line) => line.replaceAll(new RegExp('\\u001b\\[\\d+m', 'g'), ''));
  expect(bare).toEqual(draw(state, { columns: 120 }));
});
