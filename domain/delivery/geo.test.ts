import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EARTH_RADIUS_KM, haversineKm } from './geo.ts';

const place = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

type Vector = [number, number, number];

/** The same distance by another way: the angle between two unit vectors, stable for all angles. */
function byVectors(a: { latitude: number; longitude: number }, b: typeof a): number {
  const [p, q] = [a, b].map(({ latitude, longitude }): Vector => {
    const [phi, lambda] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
    return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
  }) as [Vector, Vector];
  const cross = Math.hypot(p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]);
  return EARTH_RADIUS_KM * Math.atan2(cross, p[0] * q[0] + p[1] * q[1] + p[2] * q[2]);
}

describe('haversineKm', () => {
  test('is 358 km from São Paulo to Rio de Janeiro', () => {
    const distance = haversineKm(
      { latitude: -23.5505, longitude: -46.6333 },
      { latitude: -22.9068, longitude: -43.1729 },
    );
    expect(distance).toBeGreaterThan(355);
    expect(distance).toBeLessThan(363);
  });

  test('is a quarter of the circumference from the equator to the pole, and half of it to the antipode', () => {
    const origin = { latitude: 0, longitude: 0 };
    expect(haversineKm(origin, { latitude: 90, longitude: 77 })).toBeCloseTo(
      (Math.PI / 2) * EARTH_RADIUS_KM,
      6,
    );
    expect(haversineKm(origin, { latitude: 0, longitude: 180 })).toBeCloseTo(Math.PI * EARTH_RADIUS_KM, 6);
  });

  test('is null where coordinates are missing', () => {
    const known = { latitude: 1, longitude: 1 };
    expect(haversineKm(known, { latitude: null, longitude: 1 })).toBeNull();
    expect(haversineKm({ latitude: 1, longitude: null }, known)).toBeNull();
  });

  test('agrees with the angle between vectors, is symmetric, and nought for the same place', () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        const distance = haversineKm(a, b)!;
        // asin loses half of its digits close to the antipode.
        expect(Math.abs(distance - byVectors(a, b))).toBeLessThan(1e-3);
        expect(haversineKm(b, a)).toBeCloseTo(distance, 9);
        expect(haversineKm(a, a)).toBe(0);
      }),
    );
  });
});
