import { DEFAULT_THRESHOLDS, type HoldThresholds } from '../../domain/holds/thresholds.ts';
import type { EventRecord, PoisonSent, Scenario, SimulatedRecord } from '../record.ts';
import { ArrivalLog } from './burst-rules.ts';

export type HoldReason = 'FUL-VALID' | 'FUL-INV' | 'FUL-FRAUD-USER' | 'FUL-FRAUD-PROD' | 'EXTERNAL';
export type DeadLetterReason = 'PARSE_ERROR' | 'SCHEMA_MISSING' | 'SCHEMA_INVALID';

/** What was sent, and what must be stored of it. All numbers are counts. */
export interface Summary {
  /** Kafka records, poison included. */
  records: number;
  bytes: number;
  /** Records that are sound events, copies included: rows of the raw table. */
  accepted: number;
  /** Distinct events. */
  events: number;
  /** Records that repeat an event. */
  duplicates: number;
  /** Records with the event_id of another event and other content: events of their own. */
  conflicts: number;
  orders: number;
  /** Records that must become dead letters, by reason. */
  deadLetters: Record<DeadLetterReason, number>;
  /** Orders that must be held, by reason; one with two reasons counts twice. */
  holds: Record<HoldReason, number>;
  /** Orders that are held by a burst rule though they belong to no burst: chance. */
  accidentalHolds: number;
  /** Orders of the scenario late-orders, paid and not picked within two hours. */
  lateOrders: number;
  byType: Record<string, number>;
  byChannel: Record<string, number>;
  byScenario: Record<string, number>;
  poison: Record<string, number>;
  /** Earliest and latest occurred_at of the orders' events, ms since the epoch; null when there was none. */
  firstOccurred: number | null;
  lastOccurred: number | null;
}

/** Counts what was sent. Feed it each record once, when the broker has confirmed it. */
export class Tally {
  records = 0;
  readonly #stock: boolean;
  readonly #thresholds: HoldThresholds;
  readonly #arrivals = new ArrivalLog();
  readonly #scenarioOf = new Map<number, Scenario>();
  readonly #orders = new Set<number>();
  readonly #invalid = new Set<number>();
  readonly #external = new Set<number>();
  readonly #late = new Set<number>();
  /** Scarce products: pieces at the start, and the orders that were paid. */
  readonly #scarce = new Map<number, { pieces: number; paid: Set<number> }>();
  readonly #deadLetters = { PARSE_ERROR: 0, SCHEMA_MISSING: 0, SCHEMA_INVALID: 0 };
  readonly #byType = new Map<string, number>();
  readonly #byChannel = new Map<string, number>();
  readonly #byScenario = new Map<string, number>();
  readonly #poison = new Map<string, number>();
  #bytes = 0;
  #accepted = 0;
  #duplicates = 0;
  #conflicts = 0;
  #poisonOrders = 0;
  #firstOccurred = Number.POSITIVE_INFINITY;
  #lastOccurred = Number.NEGATIVE_INFINITY;

  /** @param stock whether the database knows the products' stock: without it nothing is out of stock */
  constructor(stock: boolean, thresholds: HoldThresholds = DEFAULT_THRESHOLDS) {
    this.#stock = stock;
    this.#thresholds = thresholds;
  }

  add(record: SimulatedRecord): void {
    this.records++;
    this.#bytes += record.value?.length ?? 0;
    count(this.#byScenario, record.scenario);
    if (record.kind === 'poison') this.#addPoison(record);
    else this.#addEvent(record);
  }

  #addPoison({ poison }: PoisonSent): void {
    count(this.#poison, poison.class);
    if (poison.expected !== 'FUL-VALID') {
      this.#deadLetters[poison.expected]++;
      return;
    }
    this.#accepted++;
    this.#poisonOrders++;
    count(this.#byType, 'ORDER_CREATED');
    count(this.#byChannel, 'app');
  }

  #addEvent({ order, step }: EventRecord): void {
    this.#accepted++;
    if (step.copy === 'exact' || step.copy === 'resent') {
      this.#duplicates++;
      return;
    }
    if (step.copy === 'conflicting') this.#conflicts++;
    const { sequence } = order;
    this.#orders.add(sequence);
    count(this.#byType, step.type);
    count(this.#byChannel, order.channel);
    if (step.occurred < this.#firstOccurred) this.#firstOccurred = step.occurred;
    if (step.occurred > this.#lastOccurred) this.#lastOccurred = step.occurred;
    if (step.type === 'ORDER_CREATED') this.#addArrival(order, step.occurred);
    else if (step.type === 'PAID') this.#addPaid(order);
    else if (step.type === 'HOLD') this.#external.add(sequence);
  }

  #addArrival(order: EventRecord['order'], occurred: number): void {
    const named = order.userJson !== undefined && order.userJson.length > 4;
    this.#arrivals.add(order.sequence, occurred, order.product.index, named ? order.customer.index : -1);
    if (order.scenario !== 'normal') this.#scenarioOf.set(order.sequence, order.scenario);
    if (order.invalid) this.#invalid.add(order.sequence);
  }

  #addPaid({ sequence, scenario, product }: EventRecord['order']): void {
    if (scenario === 'late-orders') this.#late.add(sequence);
    if (scenario !== 'out-of-stock') return;
    const known = this.#scarce.get(product.index) ?? {
      pieces: product.openingStock ?? 0,
      paid: new Set<number>(),
    };
    known.paid.add(sequence);
    this.#scarce.set(product.index, known);
  }

  /** Evaluates the burst rules over all arrivals so far: seconds when there are millions. */
  summary(): Summary {
    const held = this.#arrivals.held(this.#thresholds);
    let outOfStock = 0;
    for (const { pieces, paid } of this.#scarce.values()) outOfStock += Math.max(paid.size - pieces, 0);
    const chance = (orders: Set<number>, burst: Scenario) =>
      [...orders].filter((order) => this.#scenarioOf.get(order) !== burst);
    const accidental = new Set([
      ...chance(held.user, 'user-burst'),
      ...chance(held.product, 'product-burst'),
    ]);
    return {
      records: this.records,
      bytes: this.#bytes,
      accepted: this.#accepted,
      events: this.#accepted - this.#duplicates,
      duplicates: this.#duplicates,
      conflicts: this.#conflicts,
      orders: this.#orders.size + this.#poisonOrders,
      deadLetters: { ...this.#deadLetters },
      holds: {
        'FUL-VALID': this.#invalid.size + this.#poisonOrders,
        'FUL-INV': this.#stock ? outOfStock : 0,
        'FUL-FRAUD-USER': held.user.size,
        'FUL-FRAUD-PROD': held.product.size,
        EXTERNAL: this.#external.size,
      },
      accidentalHolds: accidental.size,
      lateOrders: this.#late.size,
      byType: Object.fromEntries(this.#byType),
      byChannel: Object.fromEntries(this.#byChannel),
      byScenario: Object.fromEntries(this.#byScenario),
      poison: Object.fromEntries(this.#poison),
      firstOccurred: Number.isFinite(this.#firstOccurred) ? this.#firstOccurred : null,
      lastOccurred: Number.isFinite(this.#lastOccurred) ? this.#lastOccurred : null,
    };
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
