import { describe, expect, it } from 'vitest';
import type { FollowedOrder } from './milestone.ts';
import { delayNotices } from './notices.ts';
import type { DeliveryRisk } from './watch/assessment.ts';

const NOWHERE = { zip: null, city: null, state: null, latitude: null, longitude: null };
const LINE = { sellerId: null, quantity: 1, price: null, freight: null, handOverBy: null, category: null };
const ORDER: FollowedOrder = {
  orderId: 'A-1',
  sellerId: 'S-1',
  lines: [{ ...LINE, productId: 'P-1', weightG: null, volumeCm3: null }],
  amount: null,
  region: 'SP',
  from: NOWHERE,
  to: { ...NOWHERE, zip: '01310', city: 'somewhere' },
  promisedAt: 3_000_000,
  createdAt: 0,
  approvedAt: 0,
  handedOverAt: null,
  deliveredAt: null,
  canceledAt: null,
};
const LATE: DeliveryRisk = {
  assessedAt: 0,
  moment: 'APPROVAL',
  order: ORDER,
  grade: 'A',
  probability: 0.7,
  expectedAt: 1_000_000,
  earliestAt: 0,
  latestAt: 2_000_000,
  limitAt: null,
  reasons: [],
};
const IN_TIME = { ...LATE, probability: 0.1 };
const UNPROMISED = { ...LATE, order: { ...ORDER, promisedAt: null } };
const PASSED = { moment: 'TRANSIT', limitAt: 5_000_000 } as const;

const told = (risk: DeliveryRisk) =>
  delayNotices(risk, { probability: 0.5, targets: ['customer', 'seller'] }).map(({ target }) => target);

describe('delayNotices', () => {
  it('tells the customer when, and nothing of sellers, probabilities and places', () => {
    expect(delayNotices(LATE, { probability: 0.7, targets: ['customer'] })).toEqual([
      {
        kind: 'order.delay_predicted',
        target: 'customer',
        idempotencyKey: 'order.delay_predicted/customer/A-1',
        payload: {
          order_id: 'A-1',
          assessed_at: '1970-01-01T00:00:00.000000Z',
          promised_at: '1970-01-01T00:00:03.000000Z',
          expected_at: '1970-01-01T00:00:01.000000Z',
          earliest_at: '1970-01-01T00:00:00.000000Z',
          latest_at: '1970-01-01T00:00:02.000000Z',
        },
      },
    ]);
  });

  it('tells the seller what it is about, and not where it goes', () => {
    const [notice] = delayNotices({ ...LATE, ...PASSED }, { probability: 0.5, targets: ['seller'] });
    expect(notice?.payload).toMatchObject({
      seller_id: 'S-1',
      product_id: 'P-1',
      moment: 'TRANSIT',
      limit_at: '1970-01-01T00:00:05.000000Z',
      probability: 0.7,
    });
    expect(JSON.stringify(notice)).not.toMatch(/01310|somewhere/);
  });

  it.each<[string, DeliveryRisk, string[]]>([
    ['probably late', LATE, ['customer', 'seller']],
    ['probably in time', IN_TIME, []],
    ['past a limit, and in time all the same', { ...IN_TIME, ...PASSED }, ['seller']],
    ['past a limit, and probably late', { ...LATE, ...PASSED }, ['customer', 'seller']],
    ['promised for no date', UNPROMISED, []],
    ['promised for no date, and past a limit', { ...UNPROMISED, ...PASSED }, ['customer', 'seller']],
    ['of no seller', { ...LATE, order: { ...ORDER, sellerId: null } }, ['customer']],
  ])('of an order %s tells %j', (_name, risk, expected) => {
    expect(told(risk)).toEqual(expected);
  });

  it('is the same notice at a later moment', () => {
    const settings = { probability: 0.5, targets: ['customer', 'seller'] } as const;
    const keys = (risk: DeliveryRisk) => delayNotices(risk, settings).map((notice) => notice.idempotencyKey);
    expect(keys({ ...LATE, ...PASSED })).toEqual(keys(LATE));
    expect(new Set(keys(LATE)).size).toBe(2);
  });

  it('tells nobody where nobody wants to be told', () => {
    expect(delayNotices(LATE, { probability: 0.5, targets: [] })).toEqual([]);
  });
});
