import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Pieces } from '../../test/support/stock-pieces.ts';
import { shuffled, split } from '../../test/support/traffic/shuffle.ts';
import { decideStock, type Reservation, type StockLevel, type StockOrder } from './decide.ts';
import type { StockLine } from './demand.ts';
import type { StockMovement } from './movements.ts';

interface Fact {
  order: number;
  says: 'due' | 'shipped' | 'canceled' | 'held' | 'cleared' | 'again' | 'restocked' | 'fewer';
  at: number;
}

const PRODUCTS = ['p1', 'p2'];
/** What each order asks for; u1 is not tracked. */
const BASKETS: readonly (readonly StockLine[])[] = [
  [{ productId: 'p1', quantity: 1 }],
  [
    { productId: 'p1', quantity: 2 },
    { productId: 'p2', quantity: 1 },
  ],
  [{ productId: 'p1', quantity: 3 }],
  [
    { productId: 'p2', quantity: 1 },
    { productId: 'u1', quantity: 9 },
  ],
  [
    { productId: 'p1', quantity: 5 },
    { productId: 'p2', quantity: 2 },
  ],
];
/** Pieces of a delivery. */
const DELIVERED = 2;
const ALL = ['due', 'shipped', 'canceled', 'held', 'cleared', 'again', 'restocked', 'fewer'] as const;

const factOf = (...kinds: Fact['says'][]): fc.Arbitrary<Fact> =>
  fc.record({
    order: fc.nat({ max: BASKETS.length - 1 }),
    says: fc.constantFrom(...kinds),
    at: fc.integer({ min: 1, max: 9 }),
  });

/** Orders and a stock, to which facts come batch by batch, as the processor gives them to the rule. */
class Warehouse {
  readonly levels: ReadonlyMap<string, StockLevel>;
  readonly reservations = new Map<number, Reservation>();
  readonly shortages: string[] = [];
  readonly movements: StockMovement[] = [];
  private readonly facts: Fact[] = [];

  constructor(pieces: number) {
    this.levels = new Map(PRODUCTS.map((id) => [id, { current: pieces, reserved: 0 }]));
  }

  order(index: number): StockOrder {
    const own = this.facts.filter((fact) => fact.order === index);
    const first = (...says: Fact['says'][]) => {
      const times = own.filter((fact) => says.includes(fact.says)).map(({ at }) => at);
      return times.length === 0 ? null : Math.min(...times);
    };
    const turns = own.filter(({ says }) => says === 'held' || says === 'cleared');
    const dueAt = first('due', 'shipped');
    const asked = BASKETS[index] ?? [];
    const fewer = asked.slice(0, 1).map((line) => ({ ...line, quantity: 1 }));
    const lines = own.some(({ says }) => says === 'fewer') ? fewer : asked;
    return {
      orderId: `o${index}`,
      demand: dueAt === null ? null : { lines, dueAt },
      shippedAt: first('shipped'),
      canceledAt: first('canceled'),
      held: turns.at(-1)?.says === 'held',
      turnedAt: turns.at(-1)?.at ?? null,
      again: false,
      reservation: this.reservations.get(index) ?? null,
    };
  }

  take(batch: readonly Fact[]): StockOrder[] {
    this.facts.push(...batch);
    const again = new Set(batch.filter(({ says }) => says === 'again').map(({ order }) => order));
    const restocked = batch.filter(({ says }) => says === 'restocked').length;
    for (const level of this.levels.values()) level.current += DELIVERED * restocked;
    const orders = [...new Set(batch.map((fact) => fact.order))].map((index) => ({
      ...this.order(index),
      again: again.has(index),
    }));
    const decisions = decideStock(orders, this.levels);
    for (const one of decisions.reservations) this.reservations.set(Number(one.orderId.slice(1)), one);
    this.shortages.push(...decisions.shortages.map((one) => one.orderId));
    this.movements.push(...decisions.movements);
    return orders;
  }

  /** State and due time by order, and the stock: what must not depend on the order of the facts. */
  outcome() {
    const states = [...this.reservations.values()].map((one) => [
      one.orderId,
      one.state,
      one.outcome,
      one.dueAt,
    ]);
    return { levels: [...this.levels], states: states.sort() };
  }
}

/** One heap for each product. An order takes from all of them, or from none. */
class Heaps {
  readonly of: ReadonlyMap<string, Pieces>;

  constructor(pieces: number) {
    this.of = new Map(PRODUCTS.map((id) => [id, new Pieces(pieces)]));
  }

  tracked(lines: readonly StockLine[]): { heap: Pieces; productId: string; quantity: number }[] {
    return lines.flatMap((line) => {
      const heap = this.of.get(line.productId);
      return heap === undefined ? [] : [{ ...line, heap }];
    });
  }

  covers(lines: readonly StockLine[]): boolean {
    return this.tracked(lines).every(({ heap, quantity }) => heap.available >= quantity);
  }

  receive(): void {
    for (const heap of this.of.values()) heap.receive(DELIVERED);
  }
}

it('keeps the stock as heaps of pieces would be, and never promises what is not there', () => {
  fc.assert(
    fc.property(fc.array(factOf(...ALL), { maxLength: 40 }), fc.nat({ max: 8 }), (list, pieces) => {
      const warehouse = new Warehouse(pieces);
      const heaps = new Heaps(pieces);
      const gone = new Set<string>();
      const asked = new Map<string, readonly StockLine[]>();
      for (const fact of list) {
        const known = warehouse.reservations.get(fact.order);
        if (fact.says === 'restocked') heaps.receive();
        const [order] = warehouse.take([fact]) as [StockOrder];
        const { orderId } = order;
        const now = warehouse.reservations.get(fact.order);
        const isShort = known?.outcome === 'SHORT' && known.state === 'WAITING';
        const isOver = order.shippedAt !== null || order.canceledAt !== null;
        const isDecided =
          order.demand !== null && (known === undefined || (order.again && isShort && !isOver));
        if (isDecided) asked.set(orderId, order.demand?.lines ?? []);
        const lines = heaps.tracked(asked.get(orderId) ?? []);
        const hasEnough = isDecided ? heaps.covers(lines) : known?.outcome === 'ENOUGH';
        if (isDecided) {
          const seen = lines.map(({ productId, quantity, heap }) => ({
            productId,
            quantity,
            availableSeen: heap.available,
          }));
          expect(now?.outcome).toBe(hasEnough ? 'ENOUGH' : 'SHORT');
          if (known === undefined || hasEnough) expect(now?.lines).toEqual(seen);
        }
        if (now !== undefined) {
          if (order.shippedAt !== null && !gone.has(orderId)) {
            for (const { heap, quantity } of lines) heap.ship(orderId, quantity);
            gone.add(orderId);
          }
          const had = known?.state === 'RESERVED';
          const wants = !isOver && !order.held && hasEnough && known?.state !== 'RELEASED';
          const given = wants && (had || heaps.covers(lines));
          for (const { heap, quantity } of lines) {
            if (given) heap.reserve(orderId, quantity);
            else heap.release(orderId);
          }
          expect(now.state === 'RESERVED').toBe(given);
        }
        for (const [id, heap] of heaps.of)
          expect(warehouse.levels.get(id)).toEqual({ current: heap.current, reserved: heap.reserved });
      }
    }),
    { numRuns: 5_000 },
  );
});

it('decides a shortage anew only when asked to, and says so once', () => {
  const warehouse = new Warehouse(2);
  const short = 4; // asks for 5 of p1
  const seen = () => warehouse.reservations.get(short)?.lines.map((line) => line.availableSeen);
  warehouse.take([{ order: short, says: 'due', at: 1 }]);
  warehouse.take([{ order: short, says: 'restocked', at: 2 }]);
  expect(warehouse.reservations.get(short)).toMatchObject({ outcome: 'SHORT' });
  expect(seen()).toEqual([2, 2]);
  warehouse.take([{ order: short, says: 'again', at: 3 }]);
  expect(warehouse.reservations.get(short)).toMatchObject({ outcome: 'SHORT', state: 'WAITING' });
  warehouse.take([{ order: short, says: 'restocked', at: 4 }]);
  warehouse.take([{ order: short, says: 'again', at: 5 }]);
  expect(warehouse.reservations.get(short)).toMatchObject({ outcome: 'ENOUGH', state: 'RESERVED' });
  expect(seen()).toEqual([6, 6]);
  expect(warehouse.shortages).toEqual(['o4']);
});

it('keeps its bounds in batches, too, and its movements add up to the stock', () => {
  const facts = fc.array(factOf(...ALL), { maxLength: 40 });
  fc.assert(
    fc.property(facts, fc.nat({ max: 8 }), fc.nat(), (list, pieces, seed) => {
      const warehouse = new Warehouse(pieces);
      let received = 0;
      for (const batch of split(list, seed, 6)) {
        warehouse.take(batch);
        received += DELIVERED * batch.filter(({ says }) => says === 'restocked').length;
        for (const [id, level] of warehouse.levels) {
          const reserved = [...warehouse.reservations.values()]
            .filter((one) => one.state === 'RESERVED')
            .flatMap((one) => one.lines.filter((line) => line.productId === id))
            .reduce((sum, line) => sum + line.quantity, 0);
          expect(level.reserved).toBe(reserved);
          expect(reserved).toBeLessThanOrEqual(level.current);
          const own = warehouse.movements.filter((one) => one.productId === id);
          const sum = (of: (one: StockMovement) => number) => own.reduce((total, one) => total + of(one), 0);
          expect(level.current).toBe(pieces + received + sum((one) => one.currentDelta));
          expect(level.reserved).toBe(sum((one) => one.reservedDelta));
        }
      }
      const names = warehouse.movements.map((one) => `${one.productId} ${one.orderId} ${one.number}`);
      expect(new Set(names).size).toBe(names.length);
    }),
    { numRuns: 2_000 },
  );
});

it('does not depend on order, batches or repetition where there is enough for all', () => {
  const facts = fc.array(factOf('due', 'shipped', 'canceled', 'held'), { maxLength: 25 });
  fc.assert(
    fc.property(facts, fc.nat(), fc.integer({ min: 1, max: 8 }), (list, seed, longest) => {
      const plain = new Warehouse(20);
      plain.take(list);
      const other = new Warehouse(20);
      const again = shuffled([...list, ...list.slice(0, seed % 5)], seed);
      for (const batch of split(again, seed, longest)) other.take(batch);
      expect(other.outcome()).toEqual(plain.outcome());
      expect(other.shortages).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

it('leaves the same events whatever the batches, where orders take their way in order and nobody holds them', () => {
  const way = fc.record({
    order: fc.nat({ max: BASKETS.length - 1 }),
    ends: fc.constantFrom<Fact['says']>('due', 'shipped', 'canceled'),
  });
  fc.assert(
    fc.property(
      fc.array(way, { maxLength: 5 }),
      fc.nat(),
      fc.integer({ min: 1, max: 6 }),
      (ways, seed, most) => {
        const facts = [...new Map(ways.map((one) => [one.order, one])).values()].flatMap(
          ({ order, ends }) => {
            const due: Fact = { order, says: 'due', at: order + 1 };
            return ends === 'due' ? [due] : [due, { order, says: ends, at: order + 2 }];
          },
        );
        const sorted = facts.toSorted((a, b) => a.at - b.at || a.order - b.order);
        const plain = new Warehouse(20);
        for (const fact of sorted) plain.take([fact]);
        const other = new Warehouse(20);
        for (const batch of split(sorted, seed, most)) other.take(batch);
        const log = (warehouse: Warehouse) => warehouse.movements.map((one) => JSON.stringify(one)).sort();
        expect(log(other)).toEqual(log(plain));
      },
    ),
    { numRuns: 1_000 },
  );
});

it('leaves products alone whose stock is not tracked', () => {
  const warehouse = new Warehouse(5);
  warehouse.take([{ order: 0, says: 'held', at: 1 }]);
  expect(warehouse.reservations.size).toBe(0);
  const lines = [{ productId: 'u1', quantity: 1 }];
  const untracked: StockOrder = { ...warehouse.order(0), demand: { lines, dueAt: 1 } };
  expect(decideStock([untracked], warehouse.levels)).toEqual({
    reservations: [],
    replaced: [],
    shortages: [],
    movements: [],
  });
});
