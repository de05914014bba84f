import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addSale, type DailySales, estimateDemand } from './daily-sales.ts';

interface Sale {
  day: number;
  pieces: number;
}

/** Every day of the window written out. */
function slowly(sold: readonly Sale[], today: number, window: number): { mean: number; sd: number } {
  const pieces = Array.from({ length: window }, (_, back) =>
    sold.filter(({ day }) => day === today - back).reduce((sum, one) => sum + one.pieces, 0),
  );
  const mean = pieces.reduce((sum, one) => sum + one, 0) / window;
  const squares = pieces.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (window - 1)) };
}

function expectClose(sales: DailySales, sold: readonly Sale[], today: number, window: number): void {
  const { mean, sd } = estimateDemand(sales, today, window);
  const expected = slowly(sold, today, window);
  expect(mean).toBeCloseTo(expected.mean, 9);
  expect(sd).toBeCloseTo(expected.sd, 9);
}

const sale = fc.record({
  day: fc.integer({ min: 17_000, max: 17_060 }),
  pieces: fc.integer({ min: 1, max: 9 }),
});

it('is the mean and the standard deviation of the days of the window, empty ones included', () => {
  fc.assert(
    fc.property(
      fc.array(sale, { maxLength: 30 }),
      fc.integer({ min: 2, max: 40 }),
      fc.nat({ max: 40 }),
      (list, window, later) => {
        const sold = list.toSorted((a, b) => a.day - b.day);
        const sales: DailySales = new Map();
        for (const [i, one] of sold.entries()) {
          addSale(sales, one.day, one.pieces);
          expectClose(sales, sold.slice(0, i + 1), one.day, window);
        }
        expectClose(sales, sold, (sold.at(-1)?.day ?? 0) + later, window);
        expect(sales.size).toBeLessThanOrEqual(window);
      },
    ),
  );
});
