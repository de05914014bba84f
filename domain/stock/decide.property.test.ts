import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Pieces } from '../../test/support/stock-pieces.ts';
import { shuffled, split } from '../../test/support/traffic/shuffle.ts';
import { decideStock, type Reservation, type StockLevel, type StockOrder } from './decide.ts';

interface Fact {
  order: number;
  says: 'due' | 'shipped' | 'canceled' | 'held' | 'cleared' | 'again' | 'restocked' | 'fewer';
  at: number;
}

const QUANTITIES = [1, 2, 3, 1, 5];
const PRODUCT = 'p1';
/** Pieces of a delivery. */
const DELIVERED = 2;
const ALL = ['due', 'shipped', 'canceled', 'held', 'cleared', 'again', 'restocked', 'fewer'] as const;

const factOf = (...kinds: Fact['says'][]): fc.Arbitrary<Fact> =>
  fc.record({
    order: fc.nat({ max: QUANTITIES.length - 1 }),
    says: fc.constantFrom(...kinds),
    at: fc.integer({ min: 1, max: 9 }),
  });

/** Orders and a stock, to which facts come batch by batch, as the processor gives them to the rule. */
class Warehouse {
  readonly level: StockLevel;
  readonly reservations = new Map<number, Reservation>();
  readonly shortages: string[] = [];
  private readonly facts: Fact[] = [];

  constructor(pieces: number) {
    this.level = { current: pieces, reserved: 0 };
  }

  order(index: number): StockOrder {
    const own = this.facts.filter((fact) => fact.order === index);
    const dues = own.filter(({ says }) => says === 'due' || says === 'shipped').map(({ at }) => at);
    const holds = own.filter(({ says }) => says === 'held' || says === 'cleared');
    return {
      orderId: `o${index}`,
      demand:
        dues.length === 0
          ? null
          : {
              productId: PRODUCT,
              quantity: own.some(({ says }) => says === 'fewer') ? 1 : (QUANTITIES[index] ?? 1),
              dueAt: Math.min(...dues),
            },
      shipped: own.some(({ says }) => says === 'shipped'),
      canceled: own.some(({ says }) => says === 'canceled'),
      held: holds.at(-1)?.says === 'held',
      again: false,
      reservation: this.reservations.get(index) ?? null,
    };
  }

  take(batch: readonly Fact[]): StockOrder[] {
    this.facts.push(...batch);
    const again = new Set(batch.filter(({ says }) => says === 'again').map(({ order }) => order));
    this.level.current += DELIVERED * batch.filter(({ says }) => says === 'restocked').length;
    const orders = [...new Set(batch.map((fact) => fact.order))].map((index) => ({
      ...this.order(index),
      again: again.has(index),
    }));
    const decisions = decideStock(orders, new Map([[PRODUCT, this.level]]));
    for (const one of decisions.reservations) this.reservations.set(Number(one.orderId.slice(1)), one);
    this.shortages.push(...decisions.shortages.map((one) => one.orderId));
    return orders;
  }

  /** State and due time by order: what must not depend on the order of the facts. */
  outcome() {
    const states = [...this.reservations.values()].map((one) => [
      one.orderId,
      one.state,
      one.outcome,
      one.dueAt,
    ]);
    return { level: this.level, states: states.sort() };
  }
}

it('keeps the stock as a heap of pieces would be, and never promises what is not there', () => {
  fc.assert(
    fc.property(fc.array(factOf(...ALL), { maxLength: 40 }), fc.nat({ max: 8 }), (list, pieces) => {
      const warehouse = new Warehouse(pieces);
      const heap = new Pieces(pieces);
      const gone = new Set<string>();
      const asked = new Map<string, number>();
      for (const fact of list) {
        const known = warehouse.reservations.get(fact.order);
        if (fact.says === 'restocked') heap.receive(DELIVERED);
        const [order] = warehouse.take([fact]) as [StockOrder];
        const now = warehouse.reservations.get(fact.order);
        const isShort = known?.outcome === 'SHORT' && known.state === 'WAITING';
        const isDecided =
          order.demand !== null &&
          (known === undefined || (order.again && isShort && !order.shipped && !order.canceled));
        if (isDecided) asked.set(order.orderId, order.demand?.quantity ?? 0);
        const quantity = asked.get(order.orderId) ?? 0;
        const hasEnough = isDecided ? heap.available >= quantity : known?.outcome === 'ENOUGH';
        if (isDecided) {
          expect(now?.quantity).toBe(quantity);
          expect(now?.outcome).toBe(hasEnough ? 'ENOUGH' : 'SHORT');
          if (known === undefined || hasEnough) expect(now?.availableSeen).toBe(heap.available);
        }
        if (now !== undefined) {
          if (order.shipped && !gone.has(order.orderId)) {
            heap.ship(order.orderId, quantity);
            gone.add(order.orderId);
          }
          const wants = !order.shipped && !order.canceled && !order.held && hasEnough;
          const given = known?.state !== 'RELEASED' && wants && heap.reserve(order.orderId, quantity);
          if (!given) heap.release(order.orderId);
          expect(now.state === 'RESERVED').toBe(given);
        }
        expect(warehouse.level).toEqual({ current: heap.current, reserved: heap.reserved });
        expect(warehouse.level.reserved).toBeGreaterThanOrEqual(0);
        expect(warehouse.level.reserved).toBeLessThanOrEqual(warehouse.level.current);
      }
    }),
    { numRuns: 5_000 },
  );
});

it('decides a shortage anew only when asked to, and says so once', () => {
  const warehouse = new Warehouse(2);
  const short = 4; // asks for 5
  warehouse.take([{ order: short, says: 'due', at: 1 }]);
  warehouse.take([{ order: short, says: 'restocked', at: 2 }]);
  expect(warehouse.reservations.get(short)).toMatchObject({ outcome: 'SHORT', availableSeen: 2 });
  warehouse.take([{ order: short, says: 'again', at: 3 }]);
  expect(warehouse.reservations.get(short)).toMatchObject({ outcome: 'SHORT', state: 'WAITING' });
  warehouse.take([{ order: short, says: 'restocked', at: 4 }]);
  warehouse.take([{ order: short, says: 'again', at: 5 }]);
  expect(warehouse.reservations.get(short)).toMatchObject({
    outcome: 'ENOUGH',
    state: 'RESERVED',
    availableSeen: 6,
  });
  expect(warehouse.shortages).toEqual(['o4']);
});

it('keeps its bounds in batches, too', () => {
  const facts = fc.array(factOf(...ALL), { maxLength: 40 });
  fc.assert(
    fc.property(facts, fc.nat({ max: 8 }), fc.nat(), (list, pieces, seed) => {
      const warehouse = new Warehouse(pieces);
      for (const batch of split(list, seed, 6)) {
        warehouse.take(batch);
        const reserved = [...warehouse.reservations.values()]
          .filter((one) => one.state === 'RESERVED')
          .reduce((sum, one) => sum + one.quantity, 0);
        expect(warehouse.level.reserved).toBe(reserved);
        expect(reserved).toBeLessThanOrEqual(warehouse.level.current);
      }
    }),
    { numRuns: 2_000 },
  );
});

it('does not depend on order, batches or repetition where there is enough for all', () => {
  const facts = fc.array(factOf('due', 'shipped', 'canceled', 'held'), { maxLength: 25 });
  fc.assert(
    fc.property(facts, fc.nat(), fc.integer({ min: 1, max: 8 }), (list, seed, longest) => {
      const pieces = QUANTITIES.reduce((sum, quantity) => sum + quantity, 0);
      const plain = new Warehouse(pieces);
      plain.take(list);
      const other = new Warehouse(pieces);
      const again = shuffled([...list, ...list.slice(0, seed % 5)], seed);
      for (const batch of split(again, seed, longest)) other.take(batch);
      expect(other.outcome()).toEqual(plain.outcome());
      expect(other.shortages).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

it('serves the oldest demand of a batch first, by order_id among equals', () => {
  const due = (orderId: string, dueAt: number): StockOrder => ({
    orderId,
    demand: { productId: PRODUCT, quantity: 1, dueAt },
    shipped: false,
    canceled: false,
    held: false,
    again: false,
    reservation: null,
  });
  const orders = [due('c', 2), due('b', 1), due('a', 2), due('d', 3)];
  const { reservations, shortages } = decideStock(orders, new Map([[PRODUCT, { current: 2, reserved: 0 }]]));
  expect(reservations.map((one) => [one.orderId, one.outcome])).toEqual([
    ['b', 'ENOUGH'],
    ['a', 'ENOUGH'],
    ['c', 'SHORT'],
    ['d', 'SHORT'],
  ]);
  expect(shortages.map((one) => one.orderId)).toEqual(['c', 'd']);
});

it('leaves products alone whose stock is not tracked', () => {
  const warehouse = new Warehouse(5);
  warehouse.take([{ order: 0, says: 'held', at: 1 }]);
  expect(warehouse.reservations.size).toBe(0);
  const untracked: StockOrder = { ...warehouse.order(0), demand: { productId: 'p2', quantity: 1, dueAt: 1 } };
  expect(decideStock([untracked], new Map([[PRODUCT, warehouse.level]]))).toEqual({
    reservations: [],
    shortages: [],
    changedProducts: [],
  });
});
