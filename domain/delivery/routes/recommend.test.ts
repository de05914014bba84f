import { describe, expect, test } from 'vitest';
import type { Place } from '../milestone.ts';
import { type Candidate, recommendSellers, wantedRoutes } from './recommend.ts';
import { newRoute, type RouteStats } from './route-stats.ts';

const DAY_SECONDS = 86_400;
const place = (zip: string, state: string, latitude: number): Place => ({
  zip,
  city: `city of ${zip}`,
  state,
  latitude,
  longitude: -46,
});
const destination = { to: place('20000', 'RJ', -22.9), category: 'toys' };

function route(level: RouteStats['level'], name: string, trips: number, days: number): RouteStats {
  const seconds = days * DAY_SECONDS;
  const spread = trips * DAY_SECONDS ** 2;
  return {
    ...newRoute(level, name),
    trips,
    meanSeconds: seconds,
    m2Seconds: spread,
    logMean: Math.log(seconds),
    logM2: trips * 0.1,
  };
}

const all = route('all', '*', 1000, 9);
const overall = { orders: 500, meanSeconds: 2 * DAY_SECONDS, sdSeconds: DAY_SECONDS };
const near: Candidate = { sellerId: 'near', place: place('20100', 'RJ', -22.8), preparation: null };
const far: Candidate = {
  sellerId: 'far',
  place: place('01000', 'SP', -23.5),
  preparation: { orders: 100, meanSeconds: DAY_SECONDS / 2, sdSeconds: DAY_SECONDS / 4 },
};

describe('recommendSellers', () => {
  test('the seller with the shorter preparation and transit together comes first', () => {
    const stats = [all, route('state', 'SP>RJ', 200, 7), route('state', 'RJ>RJ', 200, 6)];
    const ranked = recommendSellers(destination, [near, far], stats, overall);
    expect(ranked.map(({ sellerId }) => sellerId)).toEqual(['far', 'near']);
    const [first, second] = ranked;
    expect(first!.expectedSeconds).toBeCloseTo(
      first!.preparation.meanSeconds + first!.transit.meanSeconds,
      6,
    );
    expect(first!.sdSeconds).toBeGreaterThan(first!.transit.sdSeconds);
    expect(second!.preparation).toMatchObject({ orders: 0, meanSeconds: 2 * DAY_SECONDS });
    expect(second!.transit).toMatchObject({ level: 'state', route: 'RJ>RJ', trips: 200 });
    expect(second!.why).toBe(
      'hand-over after 2.0 days (no orders of its own yet); transit of 6.1 days (state route RJ>RJ, 200 trips, 11 km)',
    );
  });

  test('few orders of a seller count little against those of all', () => {
    const quick = { ...near, preparation: { orders: 1, meanSeconds: 0, sdSeconds: 0 } };
    const [one] = recommendSellers(destination, [quick], [all], overall);
    expect(one!.preparation.meanSeconds).toBeCloseTo((8 / 9) * 2 * DAY_SECONDS, 6);
  });

  test('nothing is recommended while no route is known', () => {
    expect(recommendSellers(destination, [near, far], [], overall)).toEqual([]);
  });

  test('equals are ranked by their name', () => {
    const twin = { ...near, sellerId: 'a' };
    const ranked = recommendSellers(destination, [near, twin], [all], null);
    expect(ranked.map(({ sellerId }) => sellerId)).toEqual(['a', 'near']);
  });

  test('asks for each route once', () => {
    const keys = wantedRoutes(destination, [near, far]).map(({ level, route: name }) => `${level} ${name}`);
    expect(keys).toEqual([
      'zip 20100>20000 toys',
      'city city of 20100 RJ>city of 20000 RJ',
      'state RJ>RJ',
      'distance 0-25 km',
      'all *',
      'zip 01000>20000 toys',
      'city city of 01000 SP>city of 20000 RJ',
      'state SP>RJ',
      'distance 50-100 km',
    ]);
  });
});
