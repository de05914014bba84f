import { expect, it } from 'vitest';
import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { episodeOf } from './episode.ts';
import { type PrometheusAlert, readNotification } from './notification.ts';

const at = (text: string) => parseIso8601(text) as number;
const NOW = at('2026-03-01T12:00:00Z');

function read(more: Record<string, unknown> = {}): PrometheusAlert {
  const notification = readNotification({
    version: '4',
    alerts: [
      {
        status: 'firing',
        labels: { alertname: 'Lag', severity: 'critical' },
        annotations: {},
        startsAt: '2026-03-01T09:00:00.123456789+09:00',
        endsAt: '0001-01-01T00:00:00Z',
        fingerprint: 'abc123',
        ...more,
      },
    ],
  });
  if ('problems' in notification) throw new Error(notification.problems.join());
  return notification.alerts[0] as PrometheusAlert;
}

const episode = (more: Record<string, unknown> = {}) => episodeOf(read(more), NOW);

it('is the same for the same fingerprint and beginning, however the time is written', () => {
  const same = [
    {},
    { startsAt: '2026-03-01T00:00:00.123456Z' },
    { startsAt: '2026-03-01T00:00:00.1234567Z', labels: { alertname: 'Other' } },
    { status: 'resolved', endsAt: '2026-03-01T01:00:00Z' },
  ];
  expect(new Set(same.map((more) => episode(more).dedupKey))).toEqual(
    new Set(['prometheus/abc123/2026-03-01T00:00:00.123456Z']),
  );
  expect(episode({ startsAt: '2026-03-01T00:00:00.123457Z' }).dedupKey).not.toBe(episode().dedupKey);
  expect(episode({ fingerprint: 'abc124' }).dedupKey).not.toBe(episode().dedupKey);
});

it.each([
  ['firing', '0001-01-01T00:00:00Z', null],
  ['firing', '2026-03-01T12:05:00Z', null],
  ['resolved', '2026-03-01T01:00:00Z', '2026-03-01T01:00:00Z'],
  ['resolved', '0001-01-01T00:00:00Z', '2026-03-01T12:00:00Z'],
  ['resolved', '2027-01-01T00:00:00Z', '2026-03-01T12:00:00Z'],
  ['resolved', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00.123456Z'],
])('%s with an end of %s ended %s', (status, endsAt, expected) => {
  expect(episode({ status, endsAt }).endedAt).toBe(expected === null ? null : at(expected));
});

it.each([
  ['critical', 'critical'],
  ['warning', 'warning'],
  ['info', 'info'],
  ['page', 'warning'],
  ['CRITICAL', 'warning'],
  [undefined, 'warning'],
])('severity %s is %s', (severity, expected) => {
  const labels = severity === undefined ? { alertname: 'Lag' } : { alertname: 'Lag', severity };
  expect(episode({ labels }).severity).toBe(expected);
});

it('is called by its summary, in one line, or by its name', () => {
  expect(episode({ annotations: { summary: ' a\n\tb ' } }).subject).toBe('a b');
  expect(episode({ annotations: { summary: '' } }).subject).toBe('Lag');
  const long = episode({ annotations: { summary: '📦'.repeat(500) } }).subject;
  expect([...long]).toHaveLength(300);
  expect(long.isWellFormed()).toBe(true);
});

it('says in each problem which member it is about', () => {
  const problems = (body: unknown) => {
    const answer = readNotification(body);
    return 'problems' in answer ? answer.problems.join('; ') : null;
  };
  expect(problems(null)).toMatch(/^body: /);
  expect(problems({ version: '4', alerts: [{}] })).toMatch(/alerts\.0\.status: .*alerts\.0\.labels: /);
  expect(problems({ version: '4', alerts: [] })).toBeNull();
});
