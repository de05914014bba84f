import { expect, test } from 'vitest';
import { TrafficMeter } from './traffic-meter.ts';

const exposition = (consumed: number, lag = 0) =>
  `holdfast_records_consumed_total{topic="orders"} ${consumed}\nholdfast_consumer_lag{topic="orders",partition="0"} ${lag}\nholdfast_consumer_lag{topic="orders",partition="1"} ${lag}`;

test('the rate is that of the last ten seconds, the history that of each second', () => {
  const meter = new TrafficMeter();
  for (let second = 0; second <= 30; second += 1) meter.read(exposition(second * 20), second * 1000);
  const traffic = meter.read(exposition(600 + 70, 2), 31_000);
  expect(traffic.recordsPerSecond).toBeCloseTo(25);
  expect(traffic.history.at(-1)).toBe(70);
  expect(traffic.history.at(-2)).toBe(20);
  expect(traffic.lag).toBe(4);
  expect(traffic.consumed).toBe(670);
});

test('a restarted processor counts from zero and never shows a negative rate', () => {
  const meter = new TrafficMeter();
  meter.read(exposition(1000), 0);
  expect(meter.read(exposition(10), 1000).recordsPerSecond).toBe(0);
  expect(meter.read(exposition(40), 2000).recordsPerSecond).toBe(30);
});

test('what the processor tells itself is no traffic', () => {
  const own = ['holds', 'actions'].map((topic) => exposition(500, 9).replaceAll('"orders"', `"${topic}"`));
  const traffic = new TrafficMeter().read([exposition(40, 2), ...own].join('\n'), 0);
  expect([traffic.consumed, traffic.lag]).toEqual([40, 4]);
});

test('before the processor knows its lag there is none to show', () => {
  expect(new TrafficMeter().read('holdfast_records_consumed_total 1', 0)).toMatchObject({ lag: undefined });
});

test('unresolved alerts by status, and what is not in Slack yet', () => {
  const text = `holdfast_alerts{kind="HOLD",status="OPEN"} 3
holdfast_alerts{kind="EVENT",status="OPEN"} 2
holdfast_alerts{kind="HOLD",status="ACK"} 1
holdfast_outbox_depth{outbox="kafka",state="pending"} 50
holdfast_outbox_depth{outbox="slack",state="pending"} 4
holdfast_outbox_depth{outbox="slack",state="uncertain"} 1`;
  expect(new TrafficMeter().read(text, 0).alerts).toEqual({
    open: 5,
    acknowledged: 1,
    retrying: 0,
    unsent: 5,
  });
});
