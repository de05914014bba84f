import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderQuantity, stockTarget } from './reorder-policy.ts';

it('covers the mean demand of the lead time and its spread', () => {
  // By hand: 4 x 9 = 36; 1.6449 x 2 x 3 = 9.87.
  expect(stockTarget({ mean: 4, sd: 2 }, 9, 0.95)).toEqual({ safetyStock: 10, reorderPoint: 46 });
  // 2.3263 x 2 x 3 = 13.96
  expect(stockTarget({ mean: 4, sd: 2 }, 9, 0.99)).toEqual({ safetyStock: 14, reorderPoint: 50 });
  expect(stockTarget({ mean: 0.1, sd: 0 }, 30, 0.95)).toEqual({ safetyStock: 0, reorderPoint: 3 });
});

it('keeps no safety stock where half of the lead times may run short', () => {
  expect(stockTarget({ mean: 1, sd: 5 }, 4, 0.5)).toEqual({ safetyStock: 0, reorderPoint: 4 });
  expect(stockTarget({ mean: 1, sd: 5 }, 4, 0.1)).toEqual({ safetyStock: 0, reorderPoint: 4 });
});

it('orders at the reorder point and below, and never twice for the same want', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -50, max: 200 }),
      fc.nat({ max: 100 }),
      fc.double({ min: 0, max: 20, noNaN: true }),
      fc.nat({ max: 60 }),
      (position, reorderPoint, mean, cover) => {
        const target = { safetyStock: 0, reorderPoint };
        const quantity = orderQuantity(position, target, mean, cover);
        expect(quantity > 0).toBe(position <= reorderPoint);
        expect(Number.isInteger(quantity)).toBe(true);
        if (quantity > 0) expect(orderQuantity(position + quantity, target, mean, cover)).toBe(0);
      },
    ),
  );
});

it('says no more pieces than an integer of the database has', () => {
  const most = 2_147_483_647;
  const target = stockTarget({ mean: 1e9 / 28, sd: 1e9 }, 60, 0.99);
  expect(target).toEqual({ safetyStock: most, reorderPoint: most });
  expect(orderQuantity(-3e9, target, 1e9, 366)).toBe(most);
});
