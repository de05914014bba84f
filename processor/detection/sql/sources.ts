import type { Dimension } from '../../../domain/series/dimensions.ts';
import { MEASURES, type Measure } from '../../../domain/series/measures.ts';

/** A table of facts, and what is measured of them. */
export interface Source {
  table: string;
  /** Column of the time of a fact. */
  at: string;
  /** Columns, or values, of the dimensions. */
  dimensions: Readonly<Partial<Record<Dimension, string>>>;
  /** SQL of the value of a fact (1 for what is only counted), and of which facts it is taken. */
  measures: Readonly<Partial<Record<Measure, { value: string; when: string }>>>;
  /** Column of who is counted, where everybody is counted once; then no values are added up. */
  who?: string;
}

export const SOURCES: readonly Source[] = [
  {
    table: 'order_facts',
    at: 'at',
    dimensions: { region: 'region', restaurant: 'restaurant_id' },
    measures: {
      created: { value: '1', when: `kind = 'CREATED'` },
      canceled: { value: '1', when: `kind = 'CANCELED'` },
      amount: { value: 'amount', when: `kind = 'CREATED'` },
      delivery_seconds: { value: 'total_seconds', when: `kind = 'DELIVERED'` },
      transit_seconds: { value: 'transit_seconds', when: `kind = 'DELIVERED'` },
      review_score: { value: 'score', when: `kind = 'REVIEWED'` },
    },
  },
  {
    table: 'deliveries',
    at: 'occurred_at',
    dimensions: { region: 'region', rider: 'rider_id' },
    measures: {
      delivery_ended: { value: '1', when: `event_type IN ('DELIVERED', 'FAILED')` },
      delivery_failed: { value: '1', when: `event_type = 'FAILED'` },
      route_seconds: { value: 'route_seconds', when: `event_type = 'HANDED_OVER'` },
    },
  },
  {
    table: 'riders',
    at: 'occurred_at',
    dimensions: { region: 'region' },
    measures: {
      riders_there: { value: '1', when: `event_type IN ('ONLINE', 'BUSY')` },
      riders_waiting: { value: '1', when: `event_type = 'ONLINE'` },
    },
    who: 'rider_id',
  },
  {
    table: 'restaurants',
    at: 'occurred_at',
    dimensions: { region: 'region', restaurant: 'restaurant_id' },
    measures: {
      answered: { value: '1', when: `event_type IN ('ACCEPTED', 'REFUSED')` },
      refused: { value: '1', when: `event_type = 'REFUSED'` },
      prep_seconds: { value: 'prep_seconds', when: `event_type = 'READY'` },
      response_ms: { value: 'latency_ms', when: `event_type = 'HEARTBEAT'` },
      heartbeats: { value: '1', when: `event_type = 'HEARTBEAT'` },
    },
  },
  {
    table: 'payments',
    at: 'occurred_at',
    dimensions: { method: 'method', all: `'all'` },
    measures: {
      payment_attempts: { value: '1', when: `event_type IN ('APPROVED', 'FAILED')` },
      payment_failed: { value: '1', when: `event_type = 'FAILED'` },
      refunds: { value: '1', when: `event_type = 'REFUNDED'` },
    },
  },
];

const ONLY_OF_PLATFORMS: ReadonlySet<string> = new Set(['deliveries', 'riders', 'restaurants']);

/** Those that only a platform has: a shop has orders and payments, too. */
export const PLATFORM_SOURCES: readonly Source[] = SOURCES.filter(({ table }) =>
  ONLY_OF_PLATFORMS.has(table),
);

/** Rows of (measure, dimension, value of the dimension, number, whether it applies) of one fact. */
export function measuresOfFact({ dimensions, measures }: Source): string {
  return Object.entries(measures)
    .flatMap(([measure, { value, when }]) =>
      (MEASURES[measure as Measure] as readonly Dimension[]).map(
        (dimension) =>
          `('${measure}', '${dimension}', ${dimensions[dimension]}, (${value})::numeric, ${when})`,
      ),
    )
    .join(',\n');
}
