import { Arrivals } from './arrivals.ts';
import { Popularity } from './catalogue/popularity.ts';
import { catalogue, type Product } from './catalogue/products.ts';
import {
  DEFAULT_USERS,
  defaultCompress,
  defaultProducts,
  expectedSpan,
  type GenerateOptions,
} from './generate-options.ts';
import { OrderFactory } from './lifecycle/order-factory.ts';
import { Customers } from './people/customers.ts';
import { SCENARIO_ENTRIES, type ScenarioEntry } from './scenarios/catalogue-of-scenarios.ts';
import type { World } from './scenarios/scenario-source.ts';
import { Prng } from './timing/prng.ts';

/** Everything a run is made from. */
export interface Traffic {
  /** Products that will be sold: to be known to the database before the first order. */
  products: readonly Product[];
  /** Begins every order_id of the run. */
  prefix: string;
  arrivals: Arrivals;
  compress: number;
}

/** A scenario asked for by name takes a quarter of the records; several share 60 %. */
const NAMED_SHARE = 0.25;
const NAMED_SHARES_TOGETHER = 0.6;

const DEFAULT_MAX_RECORD_BYTES = 1024 * 1024;
const FEWEST_SCARCE = 64;
const MOST_SCARCE = 20_000;

/**
 * Builds catalogue, customers and arrivals of a run.
 *
 * @throws {RangeError} when an option makes no sense
 */
export function traffic(options: GenerateOptions): Traffic {
  check(options);
  const shares = sharesOf(options.scenarios);
  const ordinary = options.products ?? defaultProducts(options.density);
  const scarce = scarceProducts(options.density, shares);
  const compress = options.compress ?? defaultCompress(expectedSpan(options));
  const prefix = `${options.run}-`;
  const products = catalogue(ordinary, scarce, options.run, options.locale);
  const popularity = new Popularity(ordinary);
  const world: World = {
    customers: new Customers(options.users ?? DEFAULT_USERS, options.locale),
    products,
    scarce,
    factory: new OrderFactory(prefix, compress),
    compress,
    prefix,
    maxRecordBytes: options.maxRecordBytes ?? DEFAULT_MAX_RECORD_BYTES,
    anyProduct: (rng) => products[popularity.pick(rng)] as Product,
  };
  const rng = new Prng(options.seed);
  return { products, prefix, compress, arrivals: new Arrivals(options, world, shares, rng) };
}

function sharesOf(scenarios: GenerateOptions['scenarios']): Map<ScenarioEntry, number> {
  const shares = new Map<ScenarioEntry, number>();
  const named = scenarios.filter((name) => name !== 'mixed' && name !== 'normal');
  const each = Math.min(NAMED_SHARE, NAMED_SHARES_TOGETHER / Math.max(named.length, 1));
  for (const entry of SCENARIO_ENTRIES) {
    if (named.includes(entry.scenario)) shares.set(entry, each);
    else if (scenarios.includes('mixed')) shares.set(entry, entry.share);
  }
  return shares;
}

/** Enough that a sold-out product is not ordered again before its last rush is over. */
function scarceProducts(density: number, shares: ReadonlyMap<ScenarioEntry, number>): number {
  for (const [entry, share] of shares) {
    if (entry.scenario !== 'out-of-stock') continue;
    return Math.min(Math.max(Math.ceil(10 * density * share), FEWEST_SCARCE), MOST_SCARCE);
  }
  return 0;
}

function check(options: GenerateOptions): void {
  if (!/^[A-Za-z0-9]{1,24}$/.test(options.run)) {
    throw new RangeError(
      `the run's name must be 1 to 24 letters and digits, not ${JSON.stringify(options.run)}`,
    );
  }
  if (options.scenarios.length === 0) throw new RangeError('at least one scenario is needed');
  for (const name of ['density', 'events', 'duration', 'users', 'products', 'compress'] as const) {
    const value = options[name];
    if (value !== undefined && !(value > 0)) throw new RangeError(`${name} must be positive, not ${value}`);
  }
  if (!Number.isFinite(options.start)) throw new RangeError('start must be a time in ms since the epoch');
}
