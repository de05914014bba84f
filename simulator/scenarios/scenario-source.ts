import type { Product } from '../catalogue/products.ts';
import type { Order } from '../lifecycle/order.ts';
import type { OrderFactory } from '../lifecycle/order-factory.ts';
import type { Customers } from '../people/customers.ts';
import type { PoisonRecord } from '../poison/poison-record.ts';
import type { Scenario } from '../record.ts';
import type { Prng } from '../timing/prng.ts';

/** What the scenarios share. */
export interface World {
  customers: Customers;
  /** Ordinary products first, then `scarce` ones. */
  products: readonly Product[];
  /** How many of `products`, at their end, have 0 to 3 pieces. */
  scarce: number;
  factory: OrderFactory;
  /** Divides the stage times of an order's life. */
  compress: number;
  /** Begins every order_id of the run. */
  prefix: string;
  /** Input limit of the processor in bytes. */
  maxRecordBytes: number;
  /** An ordinary product by popularity. */
  anyProduct(rng: Prng): Product;
}

/** Takes what a scenario produces; `at` in ms on the simulated clock, never before the incident's own time. */
export interface Emit {
  order(order: Order): void;
  poison(record: PoisonRecord, at: number): void;
}

/** One kind of trouble that happens again and again. */
export interface ScenarioSource {
  scenario: Scenario;
  /** Records an incident sends on average; sets how often incidents come. */
  records: number;
  /** Makes one incident that begins at `at`. */
  incident(at: number, emit: Emit): void;
}

export type ScenarioFactory = (world: World, rng: Prng) => ScenarioSource;
