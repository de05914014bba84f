import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contentHash, derivedEventId } from './content-hash.ts';
import { FIELD_NAMES, type OrderFields, withoutFields } from './event.ts';
import type { OrderItem } from './items.ts';

type Content = Parameters<typeof contentHash>[0];

const text = fc.constantFrom('a', 'b', '\u{1F600}', '"', ',', 'null', '1');
const optional = fc.option(text);
const number = fc.option(fc.constantFrom(1, 2, 1.5, -1));

const ITEM: OrderItem = {
  productId: 'a',
  sellerId: 'b',
  quantity: 1,
  price: 2,
  freight: null,
  handOverBy: null,
};
const items = fc.constantFrom(
  null,
  [ITEM],
  [ITEM, ITEM],
  [{ ...ITEM, sellerId: null }],
  [{ ...ITEM, price: null, freight: 2 }],
);

const fields: fc.Arbitrary<OrderFields> = fc.record({
  userId: optional,
  productId: optional,
  productName: optional,
  shippingAddress: optional,
  quantity: number,
  amount: number,
  currency: optional,
  channel: optional,
  region: optional,
  sellerId: optional,
  customerZip: optional,
  sellerZip: optional,
  promisedAt: number,
  createdAt: number,
  items,
});

const content: fc.Arbitrary<Content> = fc.record({
  orderId: text,
  eventType: text,
  occurredAt: fc.integer({ min: 0, max: 3 }),
  eventId: text,
  currentStatus: optional,
  currentStage: optional,
  reasonCode: optional,
  fields,
});

it('is the same for the same content and fits a bigint and a number', () => {
  fc.assert(
    fc.property(content, (one) => {
      expect(contentHash(structuredClone(one))).toBe(contentHash(one));
      expect(contentHash(one)).toBeLessThan(2 ** 52);
      expect(Number.isInteger(contentHash(one))).toBe(true);
    }),
  );
});

it('tells contents apart that differ in any one part', () => {
  const parts = [
    'orderId',
    'eventType',
    'occurredAt',
    'eventId',
    'currentStatus',
    'currentStage',
    'reasonCode',
  ] as const;
  fc.assert(
    fc.property(content, content, (one, other) => {
      for (const part of parts) {
        const changed = { ...one, [part]: other[part] };
        expect(contentHash(changed) === contentHash(one)).toBe(other[part] === one[part]);
      }
      for (const name of FIELD_NAMES) {
        const changed = { ...one, fields: { ...one.fields, [name]: other.fields[name] } };
        expect(contentHash(changed) === contentHash(one)).toBe(other.fields[name] === one.fields[name]);
      }
    }),
    { numRuns: 300 },
  );
});

it('derives event ids that differ where order, type, time or status do', () => {
  const source = fc.tuple(text, text, fc.integer({ min: 0, max: 3 }), optional);
  fc.assert(
    fc.property(source, source, (a, b) => {
      expect(derivedEventId(...a) === derivedEventId(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
    { numRuns: 1_000 },
  );
});

it('is what it was before events could have items, where there are none', () => {
  const said = { orderId: 'o1', eventType: 'PAID', occurredAt: 1_772_409_600_000_000, eventId: 'e1' };
  const rest = { currentStatus: null, currentStage: null, reasonCode: 'R-1' };
  const fields = { ...withoutFields(), userId: 'u1', quantity: 2, amount: 19.9 };
  expect(contentHash({ ...said, ...rest, fields })).toBe(4_234_580_610_403_690);
});
