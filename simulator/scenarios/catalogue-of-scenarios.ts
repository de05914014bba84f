import type { Scenario } from '../record.ts';
import { productBurst, userBurst } from './bursts.ts';
import { duplicates } from './duplicates.ts';
import { lateEvents } from './late-events.ts';
import { lateOrders } from './late-orders.ts';
import { outOfStock } from './out-of-stock.ts';
import { poison } from './poison.ts';
import type { ScenarioFactory } from './scenario-source.ts';
import { validation } from './validation.ts';

/** How a scenario takes part in a run. */
export interface ScenarioEntry {
  scenario: Exclude<Scenario, 'normal'>;
  create: ScenarioFactory;
  /** Share of the records in `mixed`. Together 8 %: trouble is to be seen, not to be the rule. */
  share: number;
  /** The first incident comes this long after the start, in ms, so that a demonstration shows all soon. */
  firstAfter: number;
}

export const SCENARIO_ENTRIES: readonly ScenarioEntry[] = [
  { scenario: 'validation', create: validation, share: 0.01, firstAfter: 1_000 },
  { scenario: 'out-of-stock', create: outOfStock, share: 0.008, firstAfter: 2_000 },
  { scenario: 'poison', create: poison, share: 0.005, firstAfter: 3_000 },
  { scenario: 'user-burst', create: userBurst, share: 0.012, firstAfter: 4_000 },
  { scenario: 'late-orders', create: lateOrders, share: 0.006, firstAfter: 5_000 },
  { scenario: 'duplicates', create: duplicates, share: 0.015, firstAfter: 6_000 },
  { scenario: 'late-events', create: lateEvents, share: 0.015, firstAfter: 7_000 },
  { scenario: 'product-burst', create: productBurst, share: 0.01, firstAfter: 9_000 },
];
