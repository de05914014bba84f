import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, SECOND } from '../../time/micros.ts';
import { haversineKm } from '../geo.ts';
import type { FollowedOrder, OrderLine, Place } from '../milestone.ts';
import { RouteBook, type RouteStats } from './route-book.ts';
import { FINE_LEVELS } from './route-levels.ts';

const START = 17_000 * DAY;
const RIO: Place = { zip: '20000', city: 'rio', state: 'RJ', latitude: -22.9, longitude: -43.2 };
const SANTOS: Place = { zip: '11000', city: 'santos', state: 'SP', latitude: -23.96, longitude: -46.33 };
const NOWHERE: Place = { zip: null, city: null, state: null, latitude: null, longitude: null };

function line(changes: Partial<OrderLine> = {}): OrderLine {
  return {
    productId: 'p',
    sellerId: 's',
    quantity: 1,
    price: 10,
    freight: 2,
    handOverBy: null,
    category: 'toys',
    weightG: null,
    volumeCm3: null,
    ...changes,
  };
}

function delivered(seconds: number, changes: Partial<FollowedOrder> = {}): FollowedOrder {
  return {
    orderId: 'o',
    sellerId: 's',
    lines: [line()],
    amount: 12,
    region: 'RJ',
    from: SANTOS,
    to: RIO,
    promisedAt: START + 10 * DAY,
    createdAt: START,
    approvedAt: START,
    handedOverAt: START,
    deliveredAt: START + seconds * SECOND,
    canceledAt: null,
    ...changes,
  };
}

const query = { from: SANTOS, to: RIO, category: 'toys', weightG: null, volumeCm3: null };
const days = (count: number) => count * 86_400;

function statsOf(book: RouteBook, level: string): RouteStats[] {
  return book.changed().filter((row) => row.level === level);
}

describe('RouteBook', () => {
  test('knows nothing before the first trip', () => {
    expect(new RouteBook().estimate(query)).toBeNull();
  });

  test('counts a trip at every level', () => {
    const book = new RouteBook();
    book.observe(delivered(days(3)));
    expect(book.changed().map(({ level, route }) => [level, route])).toEqual([
      ['zip', '11000>20000 toys'],
      ['city', 'santos SP>rio RJ'],
      ['state', 'SP>RJ'],
      ['distance', '200-400 km'],
      ['all', '*'],
    ]);
    expect(book.changed()).toEqual([]);
  });

  test('leaves out the levels whose places are not known', () => {
    const book = new RouteBook();
    book.observe(delivered(days(3), { from: NOWHERE }));
    expect(book.changed().map(({ level }) => level)).toEqual(['all']);
  });

  test('learns nothing from an order whose hand-over is unknown or after its delivery', () => {
    const book = new RouteBook();
    book.observe(delivered(days(3), { handedOverAt: null }));
    book.observe(delivered(-1));
    expect(book.changed()).toEqual([]);
  });

  test('has mean, spread, distance, weight, volume and lateness as an independent count has them', () => {
    const trip = fc.record({
      seconds: fc.integer({ min: 0, max: 4_000_000 }),
      weightG: fc.option(fc.integer({ min: 1, max: 30_000 })),
      quantity: fc.integer({ min: 1, max: 3 }),
      located: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(trip, { minLength: 1, maxLength: 40 }), (trips) => {
        const book = new RouteBook();
        for (const { seconds, weightG, quantity, located } of trips) {
          const to = located ? RIO : { ...RIO, latitude: null };
          book.observe(delivered(seconds, { to, lines: [line({ weightG, quantity })] }));
        }
        const [row] = statsOf(book, 'all');
        const seconds = trips.map((one) => one.seconds);
        const logs = seconds.map((one) => Math.log(Math.max(one, 60)));
        const weights = trips.flatMap(({ weightG, quantity }) =>
          weightG === null ? [] : weightG * quantity,
        );
        expect(row).toMatchObject({
          trips: trips.length,
          late: seconds.filter((one) => one > days(10)).length,
          distanceTrips: trips.filter(({ located }) => located).length,
          weightTrips: weights.length,
          volumeCm3: null,
          volumeTrips: 0,
        });
        near(row!.meanSeconds, mean(seconds));
        near(row!.m2Seconds, squares(seconds));
        near(row!.logMean, mean(logs));
        near(row!.logM2, squares(logs));
        if (row!.distanceTrips > 0) near(row!.distanceKm, haversineKm(SANTOS, RIO)!);
        if (weights.length > 0) near(row!.weightG, mean(weights));
      }),
    );
  });

  test('many trips on the very route count for more than all others', () => {
    const book = new RouteBook();
    const elsewhere: Place = { ...RIO, zip: '90000', city: 'porto alegre', state: 'RS', latitude: -30 };
    for (let trip = 0; trip < 200; trip += 1) book.observe(delivered(days(15), { to: elsewhere }));
    const before = book.estimate(query)!;
    expect(before).toMatchObject({ level: 'all', trips: 200 });
    expect(before.meanSeconds).toBeCloseTo(days(15), 3);
    for (let trip = 0; trip < 100; trip += 1) book.observe(delivered(days(3)));
    const after = book.estimate(query)!;
    expect(after).toMatchObject({ level: 'zip', route: '11000>20000 toys', trips: 100 });
    expect(after.meanSeconds).toBeGreaterThan(days(3));
    expect(after.meanSeconds).toBeLessThan(days(3.1));
  });

  test('a single trip moves an estimate a little', () => {
    const book = new RouteBook();
    const elsewhere: Place = { ...RIO, zip: '90000', city: 'porto alegre', state: 'RS', latitude: -30 };
    for (let trip = 0; trip < 200; trip += 1) book.observe(delivered(days(15), { to: elsewhere }));
    book.observe(delivered(days(3)));
    const estimate = book.estimate(query)!;
    expect(estimate.meanSeconds).toBeGreaterThan(days(6));
    expect(estimate.meanSeconds).toBeLessThan(days(14));
  });

  test('quantiles grow, and stay finite at the ends', () => {
    const book = new RouteBook();
    for (const count of [2, 3, 5, 8]) book.observe(delivered(days(count)));
    const { quantileSeconds } = book.estimate(query)!;
    const values = [0, 0.1, 0.5, 0.9, 1].map(quantileSeconds);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(values.every((value) => value > 0 && Number.isFinite(value))).toBe(true);
    expect(quantileSeconds(0.5)).toBeGreaterThan(days(2));
    expect(quantileSeconds(0.5)).toBeLessThan(days(8));
  });

  test('goes on from its rows as if it had never stopped', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_000_000 }), { minLength: 2 }), (durations) => {
        const whole = new RouteBook();
        const first = new RouteBook();
        const half = durations.length >> 1;
        for (const seconds of durations) whole.observe(delivered(seconds));
        for (const seconds of durations.slice(0, half)) first.observe(delivered(seconds));
        const second = new RouteBook();
        second.restore(JSON.parse(JSON.stringify(first.changed())));
        for (const seconds of durations.slice(half)) second.observe(delivered(seconds));
        expect(second.changed()).toEqual(whole.changed());
        expect(second.estimate(query)!.quantileSeconds(0.9)).toBe(
          whole.estimate(query)!.quantileSeconds(0.9),
        );
      }),
    );
  });

  test('knows the same when fine routes are looked up and forgotten, and keeps no more than it is told', () => {
    const zip = fc.constantFrom('20000', '20001', '20002', null);
    const trip = fc.record({
      seconds: fc.integer({ min: 0, max: 3_000_000 }),
      zip,
      most: fc.nat({ max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(trip, { minLength: 1 }), (trips) => {
        const whole = new RouteBook();
        const book = new RouteBook(FINE_LEVELS);
        const table = new Map<string, RouteStats>();
        for (const { seconds, zip, most } of trips) {
          const order = delivered(seconds, { to: { ...RIO, zip } });
          const keys = book.toLookUp([order, order]);
          const rows = keys.flatMap(({ level, route }) => table.get(`${level} ${route}`) ?? []);
          book.lookedUp(keys, rows);
          expect(book.toLookUp([order])).toEqual([]);
          const asked = { ...query, to: order.to };
          expect(book.estimate(asked)?.meanSeconds).toBe(whole.estimate(asked)?.meanSeconds);
          for (const one of [whole, book]) one.observe(order);
          for (const row of book.changed()) table.set(`${row.level} ${row.route}`, row);
          book.forgetMoreThan(most);
          if (most === 0) expect(book.toLookUp([order])).toHaveLength(zip === null ? 1 : 2);
        }
        expect([...table.values()]).toEqual(expect.arrayContaining(whole.changed()));
      }),
    );
  });

  test('does not take a route for unknown that nobody has looked up', () => {
    const book = new RouteBook(FINE_LEVELS);
    expect(book.heldLevels).toEqual(['state', 'distance', 'all']);
    expect(() => book.estimate(query)).toThrow('route zip 11000>20000 toys was not looked up');
    expect(() => book.observe(delivered(1))).toThrow('was not looked up');
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squares(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}

/** Within the rounding of sums of some dozens of values. */
function near(actual: number | null, expected: number): void {
  expect(Math.abs(actual! - expected)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(expected)));
}
