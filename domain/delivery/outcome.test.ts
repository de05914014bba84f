import { describe, expect, it } from 'vitest';
import type { FollowedOrder, OrderLine, Place } from './milestone.ts';
import { deliveryOutcome } from './outcome.ts';

const NOWHERE: Place = { zip: null, city: null, state: null, latitude: null, longitude: null };
const LINE: OrderLine = {
  ...{ productId: 'p1', sellerId: 's1', quantity: 2, price: null, freight: null, handOverBy: null },
  ...{ category: null, weightG: 100, volumeCm3: 50 },
};
const ORDER: FollowedOrder = {
  ...{ orderId: 'o1', sellerId: 's1', lines: [LINE], amount: null, region: null, from: NOWHERE, to: NOWHERE },
  ...{ promisedAt: null, createdAt: 10, approvedAt: 20, handedOverAt: 30, deliveredAt: 40 },
  canceledAt: null,
};

const outcomeOf = (more: Partial<FollowedOrder>) =>
  deliveryOutcome({ kind: 'DELIVERED', at: 40, order: { ...ORDER, ...more }, score: null });

describe('deliveryOutcome', () => {
  it('has the times of the stages', () => {
    expect(outcomeOf({})).toMatchObject({ createdAt: 10, approvedAt: 20, handedOverAt: 30, deliveredAt: 40 });
  });

  it('leaves out a stage before the stage before', () => {
    expect(outcomeOf({ approvedAt: 9 })).toMatchObject({ approvedAt: null, handedOverAt: 30 });
    expect(outcomeOf({ handedOverAt: 19 })).toMatchObject({ approvedAt: 20, handedOverAt: null });
    expect(outcomeOf({ approvedAt: null, handedOverAt: 9 })).toMatchObject({ handedOverAt: null });
    expect(outcomeOf({ createdAt: null, approvedAt: 5, handedOverAt: 5 })).toMatchObject({ handedOverAt: 5 });
  });

  it('weighs all pieces, where the weight of each is known', () => {
    const light = { ...LINE, quantity: 1, weightG: 7, volumeCm3: null };
    expect(outcomeOf({ lines: [LINE, light] })).toMatchObject({ weightG: 207, volumeCm3: null });
    expect(outcomeOf({ lines: [] })).toMatchObject({ weightG: null, volumeCm3: null });
  });

  it('has the distance where both places are known', () => {
    const seoul = { ...NOWHERE, latitude: 37.5665, longitude: 126.978 };
    const busan = { ...NOWHERE, latitude: 35.1796, longitude: 129.0756 };
    expect(outcomeOf({ from: seoul, to: busan }).distanceKm).toBeCloseTo(325, 0);
    expect(outcomeOf({ from: seoul }).distanceKm).toBeNull();
  });
});
