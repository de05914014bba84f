import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, type Micros } from '../../../domain/time/micros.ts';
import { Calendar } from '../world/calendar.ts';
import { truthLine } from './ground-truth.ts';
import { SUDDEN_KINDS } from './incident.ts';
import { scheduleIncidents } from './schedule-incidents.ts';

const FROM: Micros = Date.UTC(2026, 2, 1, 15) * 1_000;
const regions = ['A', 'B', 'C'];
const restaurants = new Map<string, { region: string; opens: number; closes: number }>();
for (const [i, region] of regions.entries()) {
  restaurants.set(`R-${i}`, { region, opens: 600, closes: 1_380 });
  restaurants.set(`N-${i}`, { region, opens: 1_200, closes: 1_700 });
}
const calendar = new Calendar('Asia/Seoul');
const stage = { regions, restaurants, calendar };
const plan = (count: number, days = 60, seed = '1') =>
  scheduleIncidents(stage, { seed, count, from: FROM, to: FROM + days * DAY });

describe('a schedule of incidents', () => {
  const chosen = plan(200);

  it('has as many of each kind, in time, by day, by their beginning', () => {
    expect(new Set(SUDDEN_KINDS.map((kind) => chosen.filter((one) => one.kind === kind).length))).toEqual(
      new Set([20]),
    );
    for (const [i, { from, to }] of chosen.entries()) {
      expect(from).toBeGreaterThanOrEqual(chosen[i - 1]?.from ?? FROM);
      expect(to).toBeLessThanOrEqual(FROM + 60 * DAY);
      expect(calendar.minuteOfDay(from)).toBeGreaterThanOrEqual(630);
      expect(calendar.minuteOfDay(from)).toBeLessThanOrEqual(1_260);
      expect((to - from) / MINUTE).toBeGreaterThanOrEqual(45);
    }
    expect(new Set(chosen.map(({ incidentId }) => incidentId)).size).toBe(200);
  });

  it('has one at a time in a district, with a pause between', () => {
    for (const region of [...regions, null]) {
      const its = chosen.filter((one) => one.region === region);
      for (const [i, one] of its.entries()) {
        const before = its[i - 1];
        if (before !== undefined) expect(one.from).toBeGreaterThanOrEqual(before.to + 2 * HOUR);
      }
    }
  });

  it('disturbs restaurants of the district, while they are open, and payments by a method', () => {
    for (const { kind, region, restaurant, method, reason, from, to } of chosen) {
      expect(method !== null).toBe(kind === 'PAYMENT_ERROR');
      expect(reason !== null).toBe(kind === 'REFUSALS');
      if (restaurant === null) continue;
      const { region: its, opens, closes } = restaurants.get(restaurant)!;
      expect(its).toBe(region);
      expect(calendar.minuteOfDay(from)).toBeGreaterThanOrEqual(opens);
      expect(calendar.minuteOfDay(from) + (to - from) / MINUTE).toBeLessThan(closes);
    }
    expect(chosen.filter(({ restaurant }) => restaurant !== null).length).toBeGreaterThan(30);
  });

  it('is the same again with the same seed, and another with another', () => {
    expect(plan(200)).toEqual(chosen);
    expect(plan(200, 60, '2')).not.toEqual(chosen);
    expect(plan(0)).toEqual([]);
  });

  it('says when there is no room', () => {
    expect(() => plan(200, 2)).toThrow(/200 incidents do not find a place/);
  });

  it('says what should be found, a line each', () => {
    const refusals = chosen.find(({ kind, reason }) => kind === 'REFUSALS' && reason === 'STAFF_SHORT');
    expect(JSON.parse(truthLine(refusals!))).toMatchObject({ kind: 'REFUSALS', cause: 'REFUSALS_STAFF' });
    const drop = chosen.find(({ kind }) => kind === 'DEMAND_DROP');
    expect(JSON.parse(truthLine(drop!))).toMatchObject({ cause: 'UNKNOWN', restaurant: null });
  });
});
