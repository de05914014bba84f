import { afterEach, expect, test, vi } from 'vitest';
import { Journal } from './journal.ts';
import { openPlain, statusLine } from './plain.ts';
import { summary } from './view.ts';

afterEach(() => void vi.useRealTimers());

const traffic = {
  recordsPerSecond: 19.96,
  consumed: 5_000,
  duplicate: 1,
  deadLettered: 2,
  holdsOpened: 41,
  lag: 0,
  latencyP95: 0.2,
  history: [],
  alerts: { open: 2, acknowledged: 0, retrying: 0, unsent: 0 },
};

test('the status line', () => {
  const { state } = new Journal([]);
  expect(statusLine(state)).toBe('waiting for the first metrics ...');
  state.traffic = traffic;
  state.holds = { open: { EXTERNAL: 1, 'FUL-VALID': 30, 'FUL-INV': 0 }, latest: [] };
  expect(statusLine(state)).toBe(
    '20.0 records/s | 5,000 consumed | 2 dead-lettered | lag 0 | p95 0.20 s | open holds: FUL-VALID 30, EXTERNAL 1',
  );
});

test('lines for steps, addresses and events, then one every ten seconds', async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1, 9, 0, 0) });
  const lines: string[] = [];
  const journal = new Journal(['Kafka', 'Processor'], () => 0);
  const view = openPlain(journal.state, (line) => lines.push(line), 'UTC');
  journal.listen(view.listener);
  await journal.step('Kafka', async () => {});
  await journal.step('Processor', () => Promise.reject(new Error('no'))).catch(() => {});
  journal.ready([{ label: 'kafka', url: '127.0.0.1:59092' }]);
  journal.event('processor ended');
  vi.advanceTimersByTime(20_000);
  view.close();
  vi.advanceTimersByTime(20_000);
  expect(lines).toEqual([
    'ok     Kafka (0.0 s)',
    'FAILED Processor (0.0 s)',
    'ready in 0.0 s; Ctrl-C stops',
    '  kafka       127.0.0.1:59092',
    '09:00:00 processor ended',
    '09:00:10 waiting for the first metrics ...',
    '09:00:20 waiting for the first metrics ...',
  ]);
});

test('what remains on the terminal', () => {
  const { state } = new Journal([], () => 0);
  expect(summary(state, 65_000)).toBe('Holdfast ran for 1:05.');
  state.traffic = traffic;
  expect(summary(state, 3_600_000)).toBe(
    'Holdfast ran for 1:00:00: 5,000 records consumed, 41 holds opened.',
  );
});
