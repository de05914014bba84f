import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Milestone, MilestoneKind } from '../delivery/milestone.ts';
import { DAY, HOUR } from '../time/micros.ts';
import { ShelfStock } from './shelf-stock.ts';
import { WhatIf, type WhatIfSettings } from './what-if.ts';

const SETTINGS: WhatIfSettings = {
  ...{ leadTimeDays: 5, serviceLevel: 0.95, windowDays: 28, coverDays: 10, automatic: true },
  openingStock: 1,
};
const NOWHERE = { zip: null, city: null, state: null, latitude: null, longitude: null };
const START = 17_000 * DAY;
const HOUR_SECONDS = 3600;

function milestone(
  kind: MilestoneKind,
  orderId: string,
  at: number,
  approvedAt: number,
  ...products: string[]
): Milestone {
  const line = { sellerId: 's1', quantity: 1, price: null, freight: null, handOverBy: null };
  return {
    ...{ kind, at, score: null },
    order: {
      ...{
        orderId,
        sellerId: 's1',
        amount: null,
        region: null,
        from: NOWHERE,
        to: NOWHERE,
        promisedAt: null,
      },
      ...{ createdAt: approvedAt, approvedAt, handedOverAt: kind === 'HANDED_OVER' ? at : null },
      deliveredAt: null,
      canceledAt: null,
      lines: products.map((productId) => ({
        ...{ ...line, productId, category: null, weightG: null, volumeCm3: null },
      })),
    },
  };
}

const approved = (orderId: string, at: number, ...products: string[]) =>
  milestone('APPROVED', orderId, at, at, ...products);

describe('WhatIf', () => {
  it('has the second order wait for the lead time where nothing is kept, and not where it was ordered before', () => {
    const whatIf = new WhatIf(SETTINGS);
    whatIf.observe(approved('o1', START, 'p1'));
    whatIf.observe(milestone('HANDED_OVER', 'o1', START + 12 * HOUR, START, 'p1'));
    whatIf.observe(approved('o2', START + 8 * DAY, 'p1'));
    const report = whatIf.report();
    expect(report).toMatchObject({ orders: 2, products: 1, handling: 12 * HOUR_SECONDS });
    expect(report.observed).toMatchObject({ orders: 1, mean: 12 * HOUR_SECONDS });
    expect(report.without).toMatchObject({ waited: 1, supplierOrders: 1, pieces: 1, meanStock: 0 });
    expect(report.without.preparation).toEqual({
      ...{ mean: (12 + 60) * HOUR_SECONDS, median: 12 * HOUR_SECONDS, p95: (12 + 120) * HOUR_SECONDS },
    });
    expect(report.with).toMatchObject({ waited: 0, preparation: { p95: 12 * HOUR_SECONDS } });
    // At the first sale 3 were ordered: reorder point 2, and 1 for 10 days. They are there for 3 of the 8 days.
    expect(report.with.meanStock).toBeCloseTo((3 * 3) / 8, 9);
  });

  it('has an order wait for the last of its products', () => {
    const whatIf = new WhatIf(SETTINGS);
    whatIf.observe(approved('o1', START, 'p1'));
    whatIf.observe(approved('o2', START + HOUR, 'p1', 'p2'));
    expect(whatIf.report().without).toMatchObject({ waited: 1, preparation: { p95: 120 * HOUR_SECONDS } });
  });

  it('gives the pieces of a canceled order to the next', () => {
    const whatIf = new WhatIf(SETTINGS);
    whatIf.observe(approved('o1', START, 'p1'));
    whatIf.observe(milestone('CANCELED', 'o1', START + HOUR, START, 'p1'));
    whatIf.observe(approved('o2', START + 2 * HOUR, 'p1'));
    expect(whatIf.report().without).toMatchObject({ waited: 0, supplierOrders: 0 });
  });

  it('makes nobody wait when suppliers deliver at once', () => {
    const steps = fc.array(fc.nat({ max: 3 * DAY }), { maxLength: 30 });
    fc.assert(
      fc.property(steps, fc.nat({ max: 3 }), (list, openingStock) => {
        const whatIf = new WhatIf({ ...SETTINGS, leadTimeDays: 0, openingStock });
        let at = START;
        for (const [i, step] of list.entries()) {
          at += step;
          whatIf.observe(approved(`o${i}`, at, `p${i % 2}`));
        }
        const report = whatIf.report();
        expect([report.without.waited, report.with.waited]).toEqual([0, 0]);
      }),
    );
  });
});

it('serves a shelf first come, first served, and loses no piece', () => {
  const step = fc.record({
    after: fc.nat({ max: 5 }),
    takes: fc.integer({ min: 1, max: 4 }),
    comes: fc.nat({ max: 4 }),
    in: fc.nat({ max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.nat({ max: 6 }), (steps, opening) => {
      const shelf = new ShelfStock(opening, 0);
      let now = 0;
      const wants = steps.map(({ after, takes, comes, in: later }, i) => {
        now += after;
        shelf.take(now, `o${i}`, takes);
        shelf.expect(now + later, comes);
        return { at: now, takes, comes, arrives: now + later };
      });
      const arrivals = wants.toSorted((a, b) => a.arrives - b.arrives);
      const served = shelf.servedAt();
      let before = 0;
      for (const [i, { at, takes }] of wants.entries()) {
        before += takes;
        // The first moment when what has come suffices for all up to this one.
        const moments = [at, ...arrivals.map(({ arrives }) => arrives)].filter((time) => time >= at);
        const enough = moments
          .toSorted((a, b) => a - b)
          .find((time) => {
            const come = wants.reduce((sum, one) => (one.arrives <= time ? sum + one.comes : sum), opening);
            return come >= before;
          });
        expect(served.get(`o${i}`)).toBe(enough);
      }
    }),
  );
});
