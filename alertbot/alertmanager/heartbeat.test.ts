import { expect, it } from 'vitest';
import { MINUTE } from '../../domain/time/micros.ts';
import { HEARTBEAT_LOST_AFTER, Heartbeat, isHeartbeat, silence } from './heartbeat.ts';

const START = 1_800_000_000_000_000;

it('is missed only after it was heard, and for as long as it is not heard again', () => {
  const heartbeat = new Heartbeat();
  expect(heartbeat.lostSince(START)).toBeNull();
  heartbeat.hear(START);
  expect(heartbeat.lostSince(START + HEARTBEAT_LOST_AFTER)).toBeNull();
  expect(heartbeat.lostSince(START + HEARTBEAT_LOST_AFTER + 1)).toBe(START);
  heartbeat.hear(START + 60 * MINUTE);
  expect(heartbeat.lostSince(START + 61 * MINUTE)).toBeNull();
});

it('is the rule Watchdog and no other', () => {
  const alert = (alertname: string) =>
    ({
      status: 'firing',
      labels: { alertname },
      annotations: {},
      startsAt: START,
      fingerprint: 'a',
    }) as Parameters<typeof isHeartbeat>[0];
  expect(isHeartbeat(alert('Watchdog'))).toBe(true);
  expect(isHeartbeat(alert('ProcessorDown'))).toBe(false);
});

it('one silence is one alert, however often it is noticed', () => {
  expect(silence(START, null).dedupKey).toBe(silence(START, START + 1).dedupKey);
  expect(silence(START, null)).toMatchObject({ severity: 'critical', endedAt: null });
});
