import { TYPICAL_LIFE_MS } from './lifecycle/plan.ts';
import type { Scenario } from './record.ts';

/** Traffic to generate. Times in ms since the epoch on the simulated clock. */
export interface GenerateOptions {
  /** Same seed, run and options: the same records, byte for byte. */
  seed: string;
  /** Name of the run; begins every order_id, so that two runs do not collide. Letters and digits. */
  run: string;
  /** Troubles on top of the normal traffic; `mixed` is a little of all. */
  scenarios: readonly (Scenario | 'mixed')[];
  start: number;
  /** Records an average simulated second. */
  density: number;
  /** Stop after so many records. */
  events?: number;
  /** Stop after this stretch of simulated time, in ms. */
  duration?: number;
  /** False: only the troubles, no normal traffic around them. */
  background: boolean;
  /** Customers; default 20,000. */
  users?: number;
  /** Ordinary products; default by {@link defaultProducts}. */
  products?: number;
  /** Divides the stage times of an order's life; default by {@link defaultCompress}. */
  compress?: number;
  /** Input limit of the processor in bytes, which some poison exceeds; default 1 MiB. */
  maxRecordBytes?: number;
  /** Whether traffic follows the hours of the day. */
  daily: boolean;
  /** IANA name of the zone whose hours count. */
  timeZone: string;
  /** Language of names and addresses. */
  locale: 'ko' | 'en';
}

export const DEFAULT_USERS = 20_000;
const FEWEST_PRODUCTS = 3_000;
const MOST_PRODUCTS = 200_000;
const PRODUCTS_PER_ORDER_AND_SECOND = 32;
/** Records of an ordinary order on average. */
export const RECORDS_PER_ORDER = 5.7;

/**
 * So many products that, by chance, hardly ever 4 orders of one arrive within a second: the most popular then sells 0.125
 * pieces an average second and 0.25 at the busiest hour, where 0.3 % of its orders are held by accident.
 */
export function defaultProducts(density: number): number {
  const wanted = Math.ceil((density / RECORDS_PER_ORDER) * PRODUCTS_PER_ORDER_AND_SECOND);
  return Math.min(Math.max(wanted, FEWEST_PRODUCTS), MOST_PRODUCTS);
}

const ENDLESS_LIFE_MS = 6 * 60_000;
const SHORTEST_LIFE_MS = 30_000;

/**
 * How much faster than life orders go, so that all stages are seen: a life takes an eighth of the run, or 6 minutes of an
 * endless one; never less than 30 s, and never slower than real.
 *
 * @param span simulated length of the run in ms, undefined when it has no end
 */
export function defaultCompress(span: number | undefined): number {
  const life = span === undefined ? ENDLESS_LIFE_MS : Math.max(span / 8, SHORTEST_LIFE_MS);
  return Math.max(TYPICAL_LIFE_MS / life, 1);
}

/** Simulated length of the run in ms, as far as known before: of a run limited by records, what it takes on average. */
export function expectedSpan(
  options: Pick<GenerateOptions, 'density' | 'events' | 'duration'>,
): number | undefined {
  const byEvents =
    options.events === undefined ? Number.POSITIVE_INFINITY : (options.events / options.density) * 1_000;
  const span = Math.min(byEvents, options.duration ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(span) ? span : undefined;
}
