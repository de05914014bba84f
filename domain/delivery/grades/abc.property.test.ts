import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradeProducts, type ProductSales } from './abc.ts';

const sales = fc.record({
  revenue: fc.nat(8).map((value) => value * 10),
  orders: fc.integer({ min: 1, max: 4 }),
});
const catalogue = fc
  .array(sales, { minLength: 1, maxLength: 12 })
  .map((list) => list.map((of, index) => [`p${String(index).padStart(2, '0')}`, of] as const));

function cut(share: number, atMost: boolean): 'A' | 'B' | 'C' {
  const within = (limit: number) => (atMost ? share <= limit : share < limit);
  if (within(0.8)) return 'A';
  return within(0.95) ? 'B' : 'C';
}

/** By the sums over all other products, one product at a time. */
function plainGrade(all: readonly (readonly [string, ProductSales])[], id: string): 'A' | 'B' | 'C' {
  const own = all.find(([other]) => other === id)![1];
  const total = (value: (of: ProductSales) => number) => all.reduce((sum, [, of]) => sum + value(of), 0);
  const sellsBetter = ([other, of]: readonly [string, ProductSales]) =>
    of.revenue > own.revenue ||
    (of.revenue === own.revenue && (of.orders > own.orders || (of.orders === own.orders && other < id)));
  const before = all.filter(sellsBetter).reduce((sum, [, of]) => sum + of.revenue, 0);
  const byRevenue = own.revenue === 0 ? 'C' : cut(before / total((of) => of.revenue), false);
  const asPopular = all
    .filter(([, of]) => of.orders >= own.orders)
    .reduce((sum, [, of]) => sum + of.orders, 0);
  const byOrders = cut(asPopular / total((of) => of.orders), true);
  return [byRevenue, byOrders].toSorted()[0] as 'A' | 'B' | 'C';
}

describe('gradeProducts', () => {
  it('is what counting says', () => {
    fc.assert(
      fc.property(catalogue, fc.nat(), (all, seed) => {
        const shuffled = all.toSorted(
          ([a], [b]) => ((a.charCodeAt(1) * seed) % 7) - ((b.charCodeAt(1) * seed) % 7),
        );
        const graded = gradeProducts(new Map(shuffled));
        for (const [id] of all) expect(graded.get(id)?.grade, id).toBe(plainGrade(all, id));
      }),
      { numRuns: 1000 },
    );
  });

  it('has shares that grow from the best-selling product down, to all of it', () => {
    fc.assert(
      fc.property(catalogue, (all) => {
        const byRevenue = [...gradeProducts(new Map(all))].map(([, { revenueShare }]) => revenueShare);
        expect(byRevenue).toEqual(byRevenue.toSorted((a, b) => a - b));
        expect(byRevenue.at(-1)).toBe(1);
      }),
    );
  });

  it('is A for the only product, and C for a tail that nobody orders twice', () => {
    expect(gradeProducts(new Map([['p', { revenue: 5, orders: 1 }]])).get('p')?.grade).toBe('A');
    const tail = Array.from({ length: 50 }, (_, i) => [`t${i}`, { revenue: 1, orders: 1 }] as const);
    const graded = gradeProducts(new Map([['top', { revenue: 900, orders: 300 }], ...tail]));
    expect(graded.get('top')?.grade).toBe('A');
    expect(graded.get('t49')?.grade).toBe('C');
  });

  it('lifts what is popular but cheap', () => {
    const graded = gradeProducts(
      new Map([
        ['dear', { revenue: 1000, orders: 2 }],
        ['cheap', { revenue: 1, orders: 10 }],
        ['rare', { revenue: 1, orders: 1 }],
      ]),
    );
    expect(graded.get('cheap')?.grade).toBe('A');
    expect(graded.get('rare')?.grade).toBe('C');
  });
});
