import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, type Micros } from '../time/micros.ts';
import { type ProductPlan, planSale, type Replenishment, reestimate, replenishmentId } from './plan.ts';
import { orderQuantity, type ReorderSettings, stockTarget } from './reorder-policy.ts';
import type { StockSale } from './sales.ts';

const SETTINGS: ReorderSettings = {
  leadTimeDays: 5,
  serviceLevel: 0.95,
  windowDays: 28,
  coverDays: 10,
  automatic: true,
};
const NOWHERE = { zip: null, city: null, state: null, latitude: null, longitude: null };
const START: Micros = 17_000 * DAY;

function planOf(productId: string, opening: number): ProductPlan {
  return {
    ...{
      productId,
      sellerId: null,
      opening,
      adjusted: 0,
      sold: 0,
      lastSaleAt: 0,
      ordered: 0,
      orders: 0,
      inbound: [],
    },
    ...{ leadTimeDays: SETTINGS.leadTimeDays, sales: new Map(), estimate: { mean: 0, sd: 0 } },
    ...{ target: { safetyStock: 0, reorderPoint: 0 }, regional: new Map() },
  };
}

const sale = fc
  .record({
    step: fc.nat({ max: 2 * DAY }),
    productId: fc.constantFrom('p1', 'p2', 'untracked'),
    quantity: fc.integer({ min: 1, max: 4 }),
    givesBack: fc.constantFrom(false, false, false, true),
  })
  .map(({ step, ...one }) => ({ step, ...one }));

function salesOf(
  steps: readonly { step: number; productId: string; quantity: number; givesBack: boolean }[],
) {
  let at = START;
  return steps.map(({ step, productId, quantity, givesBack }, i): StockSale => {
    at += step;
    return { orderId: `o${i}`, at, givesBack, lines: [{ productId, sellerId: 's1', quantity }], to: NOWHERE };
  });
}

function plan(sales: readonly StockSale[], opening: number): Replenishment[] {
  const plans = new Map(['p1', 'p2'].map((id) => [id, planOf(id, opening)]));
  return sales.flatMap((one) => planSale(one, plans, [], SETTINGS));
}

/** The same from the whole history, again and again. */
function slowly(sales: readonly StockSale[], productId: string, opening: number): Replenishment[] {
  const orders: Replenishment[] = [];
  for (const [index, { at }] of sales.entries()) {
    const past = sales.slice(0, index + 1).filter((one) => one.lines[0]?.productId === productId);
    if (past.at(-1) !== sales[index]) continue;
    const sold = past.reduce((sum, one) => sum + (one.givesBack ? -1 : 1) * (one.lines[0]?.quantity ?? 0), 0);
    const fresh = planOf(productId, opening);
    for (const one of past.filter((each) => !each.givesBack)) {
      const day = Math.floor(one.at / DAY);
      fresh.sales.set(day, (fresh.sales.get(day) ?? 0) + (one.lines[0]?.quantity ?? 0));
    }
    reestimate(fresh, Math.floor(at / DAY), SETTINGS);
    const target = stockTarget(fresh.estimate, SETTINGS.leadTimeDays, SETTINGS.serviceLevel);
    const ordered = orders.reduce((sum, one) => sum + one.quantity, 0);
    const quantity = orderQuantity(opening - sold + ordered, target, fresh.estimate.mean, SETTINGS.coverDays);
    if (quantity === 0) continue;
    const arrived = orders.filter((one) => one.dueAt <= at).reduce((sum, one) => sum + one.quantity, 0);
    orders.push({
      actionId: replenishmentId(productId, orders.length + 1),
      ...{ productId, sellerId: 's1', warehouseId: null, sequence: orders.length + 1, quantity },
      ...{ orderedAt: at, dueAt: at + 5 * DAY, leadTimeDays: 5, available: opening - sold + arrived },
      ...{ onOrder: ordered - arrived, ...target },
      isFirst: orders.every((one) => one.dueAt <= at),
    });
  }
  return orders;
}

describe('planSale', () => {
  it('orders what a computation from the whole history orders', () => {
    fc.assert(
      fc.property(fc.array(sale, { maxLength: 40 }), fc.nat({ max: 30 }), (steps, opening) => {
        const sales = salesOf(steps);
        const orders = plan(sales, opening);
        for (const id of ['p1', 'p2'])
          expect(orders.filter((one) => one.productId === id)).toEqual(slowly(sales, id, opening));
        expect(orders.filter((one) => one.productId === 'untracked')).toEqual([]);
      }),
    );
  });

  it('orders anew only when the position has fallen to the reorder point again', () => {
    const steps = Array.from({ length: 60 }, () => ({
      ...{ step: DAY / 2, productId: 'p1', quantity: 1, givesBack: false },
    }));
    const orders = plan(salesOf(steps), 40);
    expect(orders.map((one) => one.sequence)).toEqual(orders.map((_, i) => i + 1));
    expect(orders.length).toBeGreaterThan(1);
    for (const one of orders) {
      expect(one.available + one.onOrder).toBeLessThanOrEqual(one.reorderPoint);
      expect(one.available).toBeGreaterThan(0);
    }
  });

  it('takes a late sale into account as of the latest one, not of its own day', () => {
    const plans = new Map([['p1', planOf('p1', 60)]]);
    const sell = (day: number, quantity: number) => {
      const lines = [{ productId: 'p1', sellerId: null, quantity }];
      const at = START + day * DAY;
      return planSale({ orderId: 'o', at, givesBack: false, lines, to: NOWHERE }, plans, [], SETTINGS);
    };
    expect([10, 11, 12].flatMap((day) => sell(day, 10))).toEqual([]);
    const before = plans.get('p1')?.target.reorderPoint ?? 0;
    const orders = sell(1, 25);
    expect(plans.get('p1')?.target.reorderPoint).toBeGreaterThan(before);
    expect(orders).toMatchObject([{ orderedAt: START + 12 * DAY, dueAt: START + 17 * DAY }]);
  });

  it('orders for the warehouse where most is wanted', () => {
    const warehouses = [
      { warehouseId: 'north', latitude: 60, longitude: 0 },
      { warehouseId: 'south', latitude: 40, longitude: 0 },
      { warehouseId: 'nowhere', latitude: null, longitude: null },
    ];
    const plans = new Map([['p1', planOf('p1', 4)]]);
    const at = (latitude: number, i: number): StockSale => ({
      ...{ orderId: `o${i}`, at: START + i, givesBack: false, to: { ...NOWHERE, latitude, longitude: 1 } },
      lines: [{ productId: 'p1', sellerId: null, quantity: 1 }],
    });
    const orders = [at(55, 0), at(41, 1), at(44, 2)].flatMap((one) =>
      planSale(one, plans, warehouses, SETTINGS),
    );
    expect(orders.at(-1)?.warehouseId).toBe('south');
    expect(orders[0]?.warehouseId).toBe('north');
    expect([...(plans.get('p1')?.regional ?? [])].map(([id, { mean }]) => [id, mean > 0])).toEqual([
      ['north', true],
      ['south', true],
    ]);
  });
});

it('keeps the ids of orders within what an id may be', () => {
  expect(replenishmentId('p1', 3)).toBe('reorder-p1-3');
  expect(replenishmentId('x'.repeat(200), 3)).toMatch(/^reorder-[0-9a-f]{40}-3$/);
});
