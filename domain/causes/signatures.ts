import type { Cause } from './cause.ts';
import type { Expectation } from './likelihood.ts';

/**
 * A series that is looked at. `region`: of the incident's region. `restaurant`: of the incident's restaurant, or of the
 * worst one of its region. `method`: of the incident's method, or of the worst one. `all`: of the platform.
 */
export interface Feature {
  level: 'region' | 'restaurant' | 'method' | 'all';
  metric: string;
  /** A change that a cause typically makes: a share of what was expected, or for rates a difference. */
  typical: number;
  isRate?: true;
  /** Which way is bad: by this the worst is found. */
  bad: 'UP' | 'DOWN';
  /** It is so regular that a step scatters by no more than this share of what is expected; counts are taken for random otherwise. */
  regular?: number;
}

export const FEATURES = {
  orders: { level: 'region', metric: 'orders', typical: 0.45, bad: 'DOWN' },
  cancelRate: { level: 'region', metric: 'cancel_rate', typical: 0.12, isRate: true, bad: 'UP' },
  deliveryTime: { level: 'region', metric: 'delivery_seconds', typical: 0.4, bad: 'UP' },
  transitTime: { level: 'region', metric: 'transit_seconds', typical: 0.4, bad: 'UP' },
  plannedRoutes: { level: 'region', metric: 'route_seconds', typical: 0.5, bad: 'UP' },
  deliveryFailures: {
    level: 'region',
    metric: 'delivery_failure_rate',
    typical: 0.1,
    isRate: true,
    bad: 'UP',
  },
  ridersOnline: { level: 'region', metric: 'riders_online', typical: 0.4, bad: 'DOWN' },
  ridersIdle: { level: 'region', metric: 'riders_idle', typical: 0.6, bad: 'DOWN' },
  regionRefusals: { level: 'region', metric: 'refusal_rate', typical: 0.15, isRate: true, bad: 'UP' },
  regionPreparation: { level: 'region', metric: 'prep_seconds', typical: 0.4, bad: 'UP' },
  restaurantOrders: { level: 'restaurant', metric: 'orders', typical: 0.7, bad: 'DOWN' },
  restaurantRefusals: { level: 'restaurant', metric: 'refusal_rate', typical: 0.25, isRate: true, bad: 'UP' },
  preparation: { level: 'restaurant', metric: 'prep_seconds', typical: 0.6, bad: 'UP' },
  response: { level: 'restaurant', metric: 'response_ms', typical: 1, bad: 'UP' },
  heartbeats: { level: 'restaurant', metric: 'heartbeats', typical: 0.9, bad: 'DOWN', regular: 0.4 },
  paymentFailures: {
    level: 'method',
    metric: 'payment_failure_rate',
    typical: 0.25,
    isRate: true,
    bad: 'UP',
  },
  refunds: { level: 'all', metric: 'refunds', typical: 1.5, bad: 'UP' },
} as const satisfies Readonly<Record<string, Feature>>;

export type FeatureName = keyof typeof FEATURES;

export const SOURCES = ['weather', 'traffic', 'routing', 'restaurants', 'payments'] as const;

/** Outside sources: what weather and traffic are read as, and whether services answer. */
export type SourceName = (typeof SOURCES)[number];

export interface Signature {
  /** What the cause does; what is not named is `QUIET`. */
  series: Partial<Readonly<Record<FeatureName, Expectation>>>;
  /** `UP`: this source says so, where it is asked at all. Not named: `STILL`; of services `QUIET`, for they may fail somewhere else. */
  sources: Partial<Readonly<Record<SourceName, Expectation>>>;
  /** Natural logarithm of the odds before anything is looked at. */
  prior: number;
}

const REFUSALS: Signature['series'] = {
  restaurantRefusals: 'SURELY_UP',
  regionRefusals: 'UPWARDS',
  cancelRate: 'UPWARDS',
  ridersIdle: 'UPWARDS',
};

/** Refusals are as likely as any other cause; each of their four reasons is a quarter of that. */
const ONE_OF_FOUR = -Math.log(4);

const ON_THE_ROAD: Signature['series'] = {
  deliveryTime: 'UP',
  transitTime: 'UP',
  ridersIdle: 'DOWNWARDS',
  deliveryFailures: 'ANY',
  orders: 'ANY',
  restaurantOrders: 'ANY',
  cancelRate: 'UPWARDS',
};

/** Series that nearly alone tell a cause from others. */
export const TELLING: ReadonlySet<FeatureName> = new Set<FeatureName>([
  'ridersOnline',
  'heartbeats',
  'restaurantRefusals',
  'preparation',
  'plannedRoutes',
  'paymentFailures',
]);

/**
 * What a cause lets one expect of a feature.
 *
 * @param isOwn the incident is about it: it calls for an explanation, and chance is a bad one
 */
export function expectationOf(cause: Cause, name: FeatureName, isOwn: boolean): Expectation {
  const named = SIGNATURES[cause].series[name];
  if (named !== undefined) return named;
  if (!isOwn) return 'QUIET';
  if (cause !== 'UNKNOWN') return 'STILL';
  // Orders stay away for reasons that nobody knows of (that more come is a surge, whatever its reason); what tells a cause
  // hardly moves without it.
  if (name === 'orders' || name === 'restaurantOrders') return 'DOWNWARDS';
  return TELLING.has(name) ? 'SOME' : 'EITHER';
}

/** What each cause looks like. */
export const SIGNATURES: Readonly<Record<Cause, Signature>> = {
  RIDERS_SHORT: {
    prior: 0,
    series: {
      ridersOnline: 'SURELY_DOWN',
      ridersIdle: 'DOWN',
      orders: 'DOWNWARDS',
      restaurantOrders: 'DOWNWARDS',
      deliveryTime: 'UPWARDS',
      transitTime: 'ANY',
      deliveryFailures: 'ANY',
      cancelRate: 'UPWARDS',
    },
    sources: {},
  },
  RESTAURANT_OUTAGE: {
    prior: 0,
    series: {
      heartbeats: 'SURELY_DOWN',
      restaurantOrders: 'DOWN',
      orders: 'DOWNWARDS',
      response: 'ANY',
      restaurantRefusals: 'ANY',
      regionRefusals: 'ANY',
      preparation: 'ANY',
      ridersIdle: 'UPWARDS',
      cancelRate: 'UPWARDS',
    },
    sources: { restaurants: 'UPWARDS' },
  },
  REFUSALS_INGREDIENTS: { prior: ONE_OF_FOUR, series: REFUSALS, sources: {} },
  REFUSALS_STAFF: { prior: ONE_OF_FOUR, series: { ...REFUSALS, preparation: 'UPWARDS' }, sources: {} },
  REFUSALS_SYSTEM: {
    prior: ONE_OF_FOUR,
    series: { ...REFUSALS, response: 'UPWARDS' },
    sources: { restaurants: 'UPWARDS' },
  },
  REFUSALS_OTHER: { prior: ONE_OF_FOUR, series: REFUSALS, sources: {} },
  PAYMENT_METHOD: {
    prior: -1,
    // Orders are counted when they are placed: they come as ever, and are canceled.
    series: {
      paymentFailures: 'SURELY_UP',
      cancelRate: 'UPWARDS',
      refunds: 'ANY',
      ridersIdle: 'UPWARDS',
    },
    sources: { payments: 'UPWARDS' },
  },
  WEATHER: {
    prior: 0,
    series: { ...ON_THE_ROAD, ridersOnline: 'DOWNWARDS' },
    sources: { weather: 'SURELY_UP', traffic: 'UPWARDS' },
  },
  TRAFFIC: { prior: 0, series: ON_THE_ROAD, sources: { traffic: 'SURELY_UP' } },
  PREPARATION: {
    prior: 0,
    series: {
      preparation: 'SURELY_UP',
      regionPreparation: 'UPWARDS',
      deliveryTime: 'UPWARDS',
      cancelRate: 'UPWARDS',
      restaurantRefusals: 'ANY',
    },
    sources: {},
  },
  ROUTING: {
    prior: 0,
    series: { ...ON_THE_ROAD, plannedRoutes: 'SURELY_UP' },
    sources: { routing: 'UPWARDS' },
  },
  DEMAND_SURGE: {
    prior: 0,
    series: {
      orders: 'SURELY_UP',
      restaurantOrders: 'UPWARDS',
      ridersIdle: 'DOWNWARDS',
      deliveryTime: 'UPWARDS',
      transitTime: 'ANY',
      regionPreparation: 'UPWARDS',
      preparation: 'UPWARDS',
      cancelRate: 'ANY',
      regionRefusals: 'ANY',
      restaurantRefusals: 'ANY',
    },
    sources: {},
  },
  UNKNOWN: {
    prior: -2,
    series: {},
    sources: {},
  },
};

/** @see Feature.regular */
export function regularityOf(seriesKey: string): number | undefined {
  return seriesKey.startsWith('heartbeats|') ? FEATURES.heartbeats.regular : undefined;
}
