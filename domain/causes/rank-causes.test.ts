import { describe, expect, it } from 'vitest';
import type { Cause } from './cause.ts';
import type { Look } from './look.ts';
import { rankCauses } from './rank-causes.ts';
import { FEATURES, type FeatureName, type SourceName } from './signatures.ts';
import type { SourceReading } from './source-reading.ts';
import type { SeenFeature, View } from './view.ts';

type Moves = Partial<Record<FeatureName, number>>;

const READINGS: Readonly<Record<SourceName, number>> = {
  weather: 0.02,
  traffic: 1,
  routing: 1,
  restaurants: 1,
  payments: 1,
};

/** Six steps of each feature, at so many times what is expected; own ones are what the incident is about. */
function view(own: Moves, sources: Partial<Record<SourceName, number>> = {}, more: Partial<View> = {}): View {
  const features = new Map<FeatureName, SeenFeature>();
  for (const [name, { metric, level }] of Object.entries(FEATURES) as [
    FeatureName,
    { metric: string; level: string },
  ][]) {
    const expected = metric.endsWith('_rate') ? 0.04 : 20;
    const observed = expected * (own[name] ?? 1);
    const look: Look = {
      seriesKey: `${metric}|${level}=X`,
      at: 0,
      recent: Array(6).fill([observed, expected, expected / 4]),
      deviation: 0,
      window: 1,
    };
    features.set(name, { looks: [look], isOwn: name in own, outOf: 1 });
  }
  const readings = Object.entries({ ...READINGS, ...sources }) as [SourceName, number][];
  const read = readings.map(([name, value]): [SourceName, SourceReading] => [
    name,
    {
      source: name === 'weather' ? 'WEATHER' : name === 'traffic' ? 'TRAFFIC' : 'HEALTH',
      subject: name,
      at: 0,
      value,
      text: 'said so',
    },
  ]);
  return { features, sources: new Map(read), reasons: new Map(), silent: null, behind: [], ...more };
}

const ROAD = { transitTime: 1.8, deliveryTime: 1.5 };

const CASES: readonly (readonly [Cause, View])[] = [
  ['RIDERS_SHORT', view({ ridersOnline: 0.4, ridersIdle: 0.1, orders: 0.5 })],
  ['RESTAURANT_OUTAGE', view({ heartbeats: 0, restaurantOrders: 0.1 })],
  [
    'REFUSALS_INGREDIENTS',
    view(
      { restaurantRefusals: 8 },
      {},
      {
        reasons: new Map([
          ['INGREDIENTS_OUT', 9],
          ['OTHER', 1],
        ]),
      },
    ),
  ],
  [
    'REFUSALS_STAFF',
    view(
      { restaurantRefusals: 8 },
      {},
      {
        reasons: new Map([
          ['STAFF_SHORT', 9],
          ['OTHER', 1],
        ]),
      },
    ),
  ],
  [
    'REFUSALS_SYSTEM',
    view(
      { restaurantRefusals: 8, response: 2 },
      {},
      {
        reasons: new Map([
          ['SYSTEM_ERROR', 9],
          ['OTHER', 1],
        ]),
      },
    ),
  ],
  [
    'REFUSALS_OTHER',
    view(
      { restaurantRefusals: 8 },
      {},
      {
        reasons: new Map([
          ['OTHER', 9],
          ['STAFF_SHORT', 1],
        ]),
      },
    ),
  ],
  ['PAYMENT_METHOD', view({ paymentFailures: 10, cancelRate: 3 })],
  ['WEATHER', view({ ...ROAD, ridersOnline: 0.7 }, { weather: 0.9 })],
  ['TRAFFIC', view(ROAD, { traffic: 1.9 })],
  ['PREPARATION', view({ preparation: 2.2, deliveryTime: 1.3 })],
  ['ROUTING', view({ ...ROAD, plannedRoutes: 1.8 })],
  ['DEMAND_SURGE', view({ orders: 2, ridersIdle: 0.4 })],
  ['UNKNOWN', view({ orders: 0.4 })],
];

describe('rankCauses', () => {
  it.each(CASES)('%s', (cause, seen) => {
    const [first] = rankCauses(seen);
    expect(first?.cause).toBe(cause);
    expect(first?.probability).toBeGreaterThan(0.5);
  });

  it('tells in figures what speaks for a cause, the strongest first, and what speaks against it', () => {
    const [first] = rankCauses(view(ROAD, { traffic: 1.9, weather: 0.9 }));
    const weights = first?.evidence.map(({ weight }) => weight) ?? [];
    const positive = weights.filter((weight) => weight > 0);
    expect(positive).toEqual(positive.toSorted((a, b) => b - a));
    expect(first?.evidence.map(({ text }) => text)).toContainEqual(
      'time on the road of X: 0.6 min where 0.3 min is usual (+80 %), 7.8 standard deviations over 6 steps',
    );
  });

  it('does not know without anything to look at', () => {
    const nothing: View = {
      features: new Map(),
      sources: new Map(),
      reasons: new Map(),
      silent: null,
      behind: [],
    };
    expect(rankCauses(nothing)[0]?.probability).toBeLessThan(0.2);
  });

  it('does without sources: what they would say stays open', () => {
    const { features } = view(ROAD);
    const causes = rankCauses({ features, sources: new Map(), reasons: new Map(), silent: null, behind: [] });
    const among = causes.slice(0, 3).map(({ cause }) => cause);
    expect(among).toContain('TRAFFIC');
    expect(among).toContain('WEATHER');
    expect(causes[0]?.probability).toBeLessThan(0.6);
  });
});
