import { expect, it } from 'vitest';
import { sharedBy } from './subjects.ts';

it.each([
  ['HOLD/FUL-INV/product/p-7', 'p-7', null],
  ['HOLD/FUL-INV/product/p/7', 'p/7', null],
  ['HOLD/FUL-VALID/region/Busan', null, 'Busan'],
  ['HOLD/FUL-VALID/region/', null, null],
  ['EVENT/PARSE_ERROR/orders', null, null],
  ['', null, null],
])('%s is shared by product %s, region %s', (key, product, region) => {
  expect(sharedBy(key)).toEqual({ product, region });
});
