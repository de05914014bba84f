import { expect, it } from 'vitest';
import { shiftTimes } from './shift-times.ts';
import { makeTraffic, withPoison } from './traffic.ts';

const PLAN = {
  seed: 'traffic',
  run: 'T1',
  start: Date.UTC(2026, 2, 2),
  seconds: 40,
  rate: 50,
  maxRecordBytes: 65_536,
};
const { records } = makeTraffic(PLAN);

it('is the same for the same seed', () => {
  expect(makeTraffic(PLAN).records.map(({ value }) => String(value))).toEqual(
    records.map(({ value }) => String(value)),
  );
  expect(records.length).toBeGreaterThan(1_600);
});

it('mixes in as much poison as was asked for, in order, and only within its interval', () => {
  const mixed = withPoison(records, PLAN, { share: 0.3, from: 10, to: 20 });
  const added = mixed.filter((record) => !records.includes(record));
  const within = mixed.filter(({ at }) => at >= PLAN.start + 10_000 && at < PLAN.start + 20_000);
  expect(added.length / within.length).toBeCloseTo(0.3, 2);
  expect(added.every((record) => within.includes(record))).toBe(true);
  expect(mixed.map(({ at }) => at)).toEqual(mixed.map(({ at }) => at).toSorted((a, b) => a - b));
});

it('shifts the times of a record, and leaves alone what is none', () => {
  const order = Buffer.from('{"occurred_at":"2026-03-02T00:00:00.000Z","order_id":"a","promised_at":null}');
  expect(JSON.parse(String(shiftTimes(order, 3_600_000)))).toEqual({
    occurred_at: '2026-03-02T01:00:00.000Z',
    order_id: 'a',
    promised_at: null,
  });
  for (const value of [null, Buffer.from('no json'), Buffer.from('[1]')])
    expect(shiftTimes(value, 1_000)).toBe(value);
});
