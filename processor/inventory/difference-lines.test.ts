import { expect, it } from 'vitest';
import { differenceLines } from './difference-lines.ts';

it('says what is there and what should be, of products and of warehouses', () => {
  const lines = differenceLines({
    products: [
      { productId: 'p1', level: { current: 3, reserved: 1 }, log: { current: 4, reserved: 0 } },
      { productId: 'p2', level: { current: 3, reserved: 0 }, log: null },
    ],
    warehouses: [
      {
        ...{ productId: 'p1', warehouseId: 'w1', kept: null },
        log: { current: 4, reserved: -1, costed_pieces: 2, costs: 5.5 },
      },
    ],
  });
  expect(lines).toEqual([
    { text: 'p1: current 3, reserved 1; by its events current 4, reserved 0', known: true },
    { text: 'p2: current 3, reserved 0; by its events nothing', known: false },
    {
      text: 'p1 in w1: nothing; by its events current 4, reserved -1, 2 pieces for 5.5',
      known: true,
    },
  ]);
});
