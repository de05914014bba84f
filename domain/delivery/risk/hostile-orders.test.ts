import { expect, test } from 'vitest';
import { Prng } from '../../../simulator/timing/prng.ts';
import { madeUpDeliveries } from '../../../test/support/made-up-deliveries.ts';
import { DAY } from '../../time/micros.ts';
import type { FollowedOrder } from '../milestone.ts';
import { LatenessModel } from './lateness-model.ts';

const delivered = madeUpDeliveries({ seed: 'hostile', orders: 150, days: 60 }).flatMap(({ kind, order }) =>
  kind === 'DELIVERED' ? [order] : [],
);
const [first] = delivered;

function taught(change: (order: FollowedOrder, i: number) => FollowedOrder): LatenessModel {
  const model = new LatenessModel();
  for (const [i, order] of delivered.entries()) {
    model.advance(order.deliveredAt!);
    model.learn(change(order, i));
  }
  return model;
}

test('cuts no character of a zip or seller in half: the state is text that a database takes', () => {
  const zips = ['12😀45', '12😁45', '😀', 'x😁', 'ab', ''];
  const model = taught((order, i) => ({
    ...order,
    sellerId: `seller ${i % 2 === 0 ? '😀' : '😁'}`,
    to: { ...order.to, zip: zips[i % zips.length]! },
  }));
  const state = model.state();
  // A well-formed text has no escape of half a pair in its JSON.
  expect(JSON.stringify(state)).not.toMatch(/\\ud[89a-f]/);
  const keys = Object.keys(state);
  for (const key of keys) expect(key.isWellFormed()).toBe(true);
  expect(keys).toContain('APPROVAL/group/seller/😀');
  expect(keys).toContain('APPROVAL/group/seller/😁');
  const known = state['HAND_OVER/group/customer_zip/😀'] as [string, unknown][];
  expect(known.map(([zip]) => zip).toSorted()).toEqual(['12😀', '😀'].toSorted());

  const restored = new LatenessModel();
  restored.restore(JSON.parse(JSON.stringify(state)));
  const asked = { ...first!, to: { ...first!.to, zip: '12😁45' } };
  expect(restored.assess(asked, 'APPROVAL')).toEqual(model.assess(asked, 'APPROVAL'));
});

test.each([1e9, 1e300])(
  'a freight of %d far outside of all that was seen gives a date within ten years',
  (freight) => {
    const rng = new Prng('freight');
    const withFreight = (order: FollowedOrder, value: number) => ({
      ...order,
      lines: order.lines.map((line) => ({ ...line, freight: value })),
    });
    // The time taken goes with the square of the freight.
    const model = taught((order) => {
      const value = rng.between(5, 40);
      const deliveredAt = order.handedOverAt! + Math.round((value / 10) ** 2 * DAY);
      return { ...withFreight(order, value), deliveredAt };
    });
    for (const moment of ['APPROVAL', 'HAND_OVER'] as const) {
      const asked = withFreight(first!, freight);
      const at = moment === 'APPROVAL' ? asked.approvedAt! : asked.handedOverAt!;
      const { probability, earliestAt, expectedAt, latestAt, reasons } = model.assess(asked, moment)!;
      expect(probability).toBeGreaterThan(0.9);
      expect(probability).toBeLessThanOrEqual(1);
      for (const time of [earliestAt, expectedAt, latestAt]) {
        expect(time).toBeGreaterThan(at + 365 * DAY);
        expect(time).toBeLessThanOrEqual(at + 3650 * DAY);
      }
      for (const { effect } of reasons) expect(effect).toSatisfy(Number.isFinite);
    }
    // Nor does one that is learnt from do harm.
    model.learn({ ...withFreight(first!, freight), deliveredAt: first!.handedOverAt! + DAY });
    expect(model.assess(first!, 'HAND_OVER')!.latestAt).toSatisfy(Number.isSafeInteger);
    expect(JSON.stringify(model.state())).not.toContain('null,null');
  },
);
