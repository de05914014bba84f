import { describe, expect, it } from 'vitest';
import { parseIso8601 } from '../../../domain/time/iso8601.ts';
import { findImpossible } from './find-impossible.ts';
import { mapOrder } from './map-order.ts';
import type { Catalogue, ItemRow, JoinedOrder, OrderRow } from './rows.ts';

const at = (text: string) => parseIso8601(`${text}-03:00`) ?? Number.NaN;

const CATALOGUE: Catalogue = {
  sellers: new Map([
    ['S1', '01034'],
    ['S2', null],
  ]),
  products: new Set(['P1', 'P2']),
};

function item(
  number: number,
  productId: string,
  sellerId: string | null,
  more: Partial<ItemRow> = {},
): ItemRow {
  const handOverBy = at(`2017-05-0${number}T00:00:00`);
  return {
    line: number + 1,
    raw: '',
    number,
    productId,
    sellerId,
    handOverBy,
    price: 10,
    freight: 2.5,
    ...more,
  };
}

function joined(order: Partial<OrderRow> = {}, more: Partial<JoinedOrder> = {}): JoinedOrder {
  return {
    order: {
      line: 2,
      raw: '',
      orderId: 'O1',
      status: 'delivered',
      purchasedAt: at('2017-04-30T12:00:00'),
      approvedAt: at('2017-05-01T12:00:00'),
      handedOverAt: at('2017-05-02T12:00:00'),
      deliveredAt: at('2017-05-09T12:00:00'),
      promisedAt: at('2017-05-20T00:00:00'),
      customerId: 'C1',
      customer: { userId: 'U1', zip: '69309', city: 'boa vista', state: 'RR' },
      ...order,
    },
    items: [item(1, 'P1', 'S1')],
    payments: [{ line: 2, raw: '', number: 1, method: 'boleto', installments: 1, value: 12.5 }],
    reviews: [],
    ...more,
  };
}

const told = (order: JoinedOrder) =>
  mapOrder(order, CATALOGUE).events.map(({ topic, value }) => [
    topic,
    value.event_type ?? 'REVIEW',
    value.occurred_at,
  ]);

describe('mapOrder', () => {
  it('makes an event of each time that the row has', () => {
    const review = {
      line: 2,
      raw: '',
      reviewId: 'R',
      score: 4,
      title: null,
      comment: 'bom',
      answeredAt: at('2017-05-11T08:00:00'),
    };
    expect(told(joined({}, { reviews: [review] }))).toEqual([
      ['orders', 'ORDER_CREATED', '2017-04-30T15:00:00.000000Z'],
      ['payments', 'REGISTERED', '2017-04-30T15:00:00.000000Z'],
      ['payments', 'APPROVED', '2017-05-01T15:00:00.000000Z'],
      ['orders', 'PAID', '2017-05-01T15:00:00.000000Z'],
      ['orders', 'SHIPPED', '2017-05-02T15:00:00.000000Z'],
      ['orders', 'DELIVERED', '2017-05-09T15:00:00.000000Z'],
      ['reviews', 'REVIEW', '2017-05-11T11:00:00.000000Z'],
    ]);
  });

  it('tells all of an order when it is created', () => {
    const items = [
      item(3, 'P1', 'S1', { price: 12 }),
      item(1, 'P1', 'S1'),
      item(2, 'P2', 'S2', { freight: null }),
      item(4, 'P1', null),
    ];
    expect(mapOrder(joined({}, { items }), CATALOGUE).events[0]?.value).toEqual({
      order_id: 'O1',
      event_type: 'ORDER_CREATED',
      event_id: 'O1.0',
      occurred_at: '2017-04-30T15:00:00.000000Z',
      user_id: 'U1',
      product_id: 'P1',
      quantity: 3,
      seller_id: 'S1',
      seller_zip: '01034',
      items: [
        {
          product_id: 'P1',
          seller_id: 'S1',
          quantity: 2,
          price: 11,
          freight: 5,
          hand_over_by: '2017-05-01T03:00:00.000000Z',
        },
        {
          product_id: 'P2',
          seller_id: 'S2',
          quantity: 1,
          price: 10,
          hand_over_by: '2017-05-02T03:00:00.000000Z',
        },
        {
          product_id: 'P1',
          quantity: 1,
          price: 10,
          freight: 2.5,
          hand_over_by: '2017-05-04T03:00:00.000000Z',
        },
      ],
      amount: 12.5,
      currency: 'BRL',
      channel: 'olist',
      region: 'RR',
      shipping_address: '69309 boa vista RR',
      customer_zip: '69309',
      promised_at: '2017-05-20T03:00:00.000000Z',
    });
  });

  it('takes items and freight for the amount where no payment is known', () => {
    const value = mapOrder(
      joined({}, { payments: [], items: [item(1, 'P1', 'S1'), item(2, 'P2', 'S1')] }),
      CATALOGUE,
    );
    expect(value.events[0]?.value).toMatchObject({ amount: 25 });
  });

  it('cancels when the promise had run out, or later when something happened later', () => {
    const canceled = { status: 'canceled', handedOverAt: null, deliveredAt: null };
    const when = (order: Partial<OrderRow>) => told(joined({ ...canceled, ...order })).at(-1);
    expect(when({})).toEqual(['orders', 'CANCELED', '2017-05-20T03:00:00.000000Z']);
    expect(when({ handedOverAt: at('2017-06-01T00:00:00') })?.[2]).toBe('2017-06-01T03:00:00.000000Z');
    expect(when({ promisedAt: null })?.[2]).toBe('2017-05-01T15:00:00.000000Z');
    expect(when({ status: 'unavailable' })?.[1]).toBe('CANCELED');
  });
});

describe('findImpossible', () => {
  const kinds = (order: Partial<OrderRow>, more: Partial<JoinedOrder> = {}) =>
    findImpossible(joined(order, more), CATALOGUE).map(({ kind, line }) => `${kind} ${line}`);

  it('has nothing to say of an order like most', () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ status: 'shipped', deliveredAt: null })).toEqual([]);
  });

  it.each<[string, Partial<OrderRow>]>([
    ['DELIVERED_BEFORE_SHIPPED', { deliveredAt: at('2017-05-02T11:00:00') }],
    ['SHIPPED_BEFORE_APPROVED', { approvedAt: at('2017-05-02T13:00:00') }],
    ['APPROVED_BEFORE_PURCHASE', { purchasedAt: at('2017-05-01T13:00:00') }],
    ['SHIPPED_WITHOUT_APPROVAL', { approvedAt: null }],
    ['DELIVERED_WITHOUT_SHIPPING', { handedOverAt: null }],
    ['DELIVERED_WITHOUT_TIME', { deliveredAt: null }],
    ['CANCELED_AFTER_DELIVERY', { status: 'canceled' }],
    ['UNKNOWN_STATUS', { status: 'lost' }],
    ['UNKNOWN_CUSTOMER', { customer: null }],
  ])('sees %s', (kind, order) => {
    expect(kinds(order)).toEqual([`${kind} 2`]);
  });

  it('sees sellers and products that are in no file', () => {
    const items = [item(1, 'P9', 'S1'), item(2, 'P1', 'S9')];
    expect(kinds({}, { items })).toEqual(['UNKNOWN_PRODUCT 2', 'UNKNOWN_SELLER 3']);
  });
});
