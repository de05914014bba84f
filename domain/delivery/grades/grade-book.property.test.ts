import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JOURNEYS_FROM, journeys, milestonesOf } from '../../../test/support/traffic/journeys.ts';
import { DAY } from '../../time/micros.ts';
import { type Graded, gradeProducts, type ProductSales } from './abc.ts';
import { GradeBook } from './grade-book.ts';

it('says of each product what is known at the end of the last week in which something was sold', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(journeys({ minLength: 1, maxLength: 60 }), (list) => {
      const book = new GradeBook();
      const sold = new Map<string, ProductSales>();
      let expected = new Map<string, Graded>();
      for (const milestone of milestonesOf(list)) {
        const due = book.dueAt();
        if (due !== null && due <= milestone.at) {
          expected = gradeProducts(sold);
          book.grade();
        }
        book.observe(milestone, milestone.at);
        if (milestone.kind !== 'APPROVED') continue;
        for (const { productId, quantity, price } of milestone.order.lines) {
          const before = sold.get(productId) ?? { revenue: 0, orders: 0 };
          sold.set(productId, { ...before, revenue: before.revenue + quantity * (price ?? 0) });
        }
        for (const productId of new Set(milestone.order.lines.map((line) => line.productId))) {
          const before = sold.get(productId)!;
          sold.set(productId, { ...before, orders: before.orders + 1 });
        }
      }
      for (const product of book.changed()) {
        const graded = expected.get(product.productId);
        expect(product).toMatchObject(sold.get(product.productId)!);
        expect(product.grade).toBe(graded?.grade ?? 'C');
        if (graded === undefined) expect(product.revenueShare).toBeNull();
        else {
          expect(Math.abs(product.revenueShare! - graded.revenueShare)).toBeLessThan(0.005);
          expect(Math.abs(product.orderShare! - graded.orderShare)).toBeLessThan(0.005);
        }
      }
    }),
    { numRuns: 60 },
  );
});

it('grades at the end of the week, Monday at midnight', { timeout: 60_000 }, () => {
  const book = new GradeBook();
  expect(book.dueAt()).toBeNull();
  const [milestone] = milestonesOf(fc.sample(journeys({ minLength: 1, maxLength: 1 }), 1)[0]!);
  book.observe({ ...milestone!, kind: 'APPROVED' }, JOURNEYS_FROM + DAY);
  expect(book.dueAt()).toBe(Date.parse('2026-01-26T00:00:00Z') * 1000);
});
