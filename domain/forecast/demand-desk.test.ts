import { expect, test } from 'vitest';
import { uniform } from '../statistics/uniform.ts';
import { DAY, HOUR } from '../time/micros.ts';
import { DemandDesk } from './demand-desk.ts';
import { sumForecasts } from './forecast-sums.ts';

const FROM = 20_000 * DAY;

function ordersOf(days: number): { at: number; region: string }[] {
  const random = uniform(2);
  return Array.from({ length: days * 96 }, (_, i) => ({
    at: FROM + Math.floor((i + random()) * (DAY / 96)),
    region: i % 40 === 0 ? 'hamlet' : 'town',
  }));
}

/** @param from orders before it have been seen by another desk, whose memory this one has */
function run(desk: DemandDesk, orders: readonly { at: number; region: string }[]) {
  for (const { at, region } of orders) {
    desk.advance(at);
    desk.order(region, at);
  }
  return desk.changes();
}

test('counts the orders of each hour of a region that has enough, and forecasts a day', () => {
  const orders = ordersOf(9);
  const { hours } = run(new DemandDesk(), orders);
  for (const { at, regions } of hours) {
    expect(regions.map(({ region }) => region)).toEqual(['town']);
    const came = orders.filter((one) => one.region === 'town' && Math.floor(one.at / HOUR) * HOUR === at);
    expect(regions[0]!.orders).toBe(came.length);
  }
  const { outlook } = hours.at(-1)!.regions[0]!;
  expect(outlook.map(({ at }) => at)).toEqual(
    Array.from({ length: 24 }, (_, i) => hours.at(-1)!.at + (i + 1) * HOUR),
  );
  const sums = sumForecasts(hours);
  expect(sums.every(({ inside, hours: judged }) => inside <= judged)).toBe(true);
  const ahead = sums.filter(({ horizonHours }) => horizonHours === 1);
  const judged = hours.flatMap(({ regions }) =>
    regions[0]!.scored.filter((one) => one.horizon === 1 && one.naive !== null),
  );
  expect(ahead.reduce((sum, one) => sum + one.hours, 0)).toBe(judged.length);
});

test('goes on from its memory as if nothing had been', () => {
  const orders = ordersOf(6);
  const once = run(new DemandDesk(), orders);
  const first = new DemandDesk();
  const before = run(first, orders.slice(0, 300));
  const second = new DemandDesk();
  const packed = new Map(
    [...before.forecasters].flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
  second.restore(JSON.parse(JSON.stringify(before.state)), packed);
  const after = run(second, orders.slice(300));
  expect([...before.hours, ...after.hours]).toEqual(once.hours);
  expect(after.state).toEqual(once.state);
  expect(after.forecasters).toEqual(once.forecasters);
});

test('what comes after its hour is only counted, and a region that falls silent is forgotten', () => {
  const desk = new DemandDesk();
  run(desk, ordersOf(5));
  desk.order('town', FROM);
  desk.order('__proto__', FROM + 5 * DAY);
  expect(desk.changes().state).toMatchObject({ late: 1, regions: { town: expect.anything() } });
  desk.advance(FROM + 60 * DAY);
  const { state, forecasters } = desk.changes();
  expect(state.regions).toEqual({});
  expect(forecasters.get('town')).toBeNull();
});
