import { describe, expect, test } from 'vitest';
import { Prng } from '../../../simulator/timing/prng.ts';
import { madeUpDeliveries } from '../../../test/support/made-up-deliveries.ts';
import { rocAuc } from '../../statistics/classification.ts';
import { DAY, type Micros } from '../../time/micros.ts';
import type { FollowedOrder, Milestone } from '../milestone.ts';
import { LatenessModel, type RiskAssessment } from './lateness-model.ts';

const history = madeUpDeliveries({ seed: 'lateness', orders: 450, days: 150 });

interface Said {
  at: Micros;
  orderId: string;
  assessment: RiskAssessment | null;
}

/** Exactly as the desk does it: time moves on, the order is judged, and only then something is learnt. */
function follow(milestones: readonly Milestone[], model = new LatenessModel()): Said[] {
  const said: Said[] = [];
  for (const { kind, at, order } of milestones) {
    model.advance(at);
    const { orderId } = order;
    if (kind === 'APPROVED') said.push({ at, orderId, assessment: model.assess(order, 'APPROVAL') });
    if (kind === 'HANDED_OVER') said.push({ at, orderId, assessment: model.assess(order, 'HAND_OVER') });
    if (kind === 'DELIVERED') model.learn(order);
  }
  return said;
}

/** Another future: what comes later happens at other times, to other orders, or not at all. */
function otherwiseAfter(moment: Micros, milestones: readonly Milestone[], seed: string): Milestone[] {
  const rng = new Prng(seed);
  const later = milestones
    .filter(({ at }) => at > moment)
    .filter(() => rng.chance(0.8))
    .map((milestone): Milestone => {
      const at = moment + 1 + Math.round(rng.between(0, 90 * DAY));
      const order: FollowedOrder = { ...milestone.order, promisedAt: at - rng.int(-20, 20) * DAY };
      if (milestone.kind === 'APPROVED') order.approvedAt = at;
      if (milestone.kind === 'HANDED_OVER') order.handedOverAt = at;
      if (milestone.kind === 'DELIVERED') order.deliveredAt = at;
      return { ...milestone, at, order };
    });
  return [...milestones.filter(({ at }) => at <= moment), ...later.sort((a, b) => a.at - b.at)];
}

describe('LatenessModel', () => {
  const said = follow(history);
  const moments = [60, 110].map((day) => history[0]!.at + day * DAY);

  test('says nothing before it has seen some deliveries', () => {
    const model = new LatenessModel();
    const [first] = history;
    model.advance(first!.at);
    expect(model.assess(first!.order, 'APPROVAL')).toBeNull();
    expect(said.some(({ assessment }) => assessment !== null)).toBe(true);
  });

  test.each(moments)('no prediction up to %d reads anything that is dated later', (moment) => {
    const upTo = (all: readonly Said[]) => all.filter(({ at }) => at <= moment);
    const expected = JSON.stringify(upTo(said));
    // What comes later is followed for four weeks: a refit reaches back, if anything does.
    const other = otherwiseAfter(moment, history, 'a').filter(({ at }) => at <= moment + 28 * DAY);
    expect(JSON.stringify(upTo(follow(other)))).toBe(expected);
  });

  test('what comes later does change later predictions', () => {
    const [moment] = moments;
    const other = follow(otherwiseAfter(moment!, history, 'a')).filter(({ at }) => at > moment!);
    const before = new Map(said.map(({ orderId, assessment }) => [orderId, assessment?.probability]));
    expect(other.some(({ orderId, assessment }) => before.get(orderId) !== assessment?.probability)).toBe(
      true,
    );
  });

  test.each(moments)('stopped and restored at %d it predicts what it would have predicted', (moment) => {
    const first = new LatenessModel();
    follow(
      history.filter(({ at }) => at <= moment),
      first,
    );
    const second = new LatenessModel();
    second.restore(JSON.parse(JSON.stringify(first.state())));
    expect(JSON.stringify(second.state())).toBe(JSON.stringify(first.state()));
    const rest = history.filter(({ at }) => at > moment);
    const expected = said.filter(({ at }) => at > moment);
    expect(JSON.stringify(follow(rest, second))).toBe(JSON.stringify(expected));
  });

  test('does not depend on how often time is told', () => {
    const often = new LatenessModel();
    const told = history.flatMap((milestone, i) => {
      const before = history[i - 1]?.at ?? milestone.at;
      for (const part of [0.3, 0.6, 0.9]) often.advance(before + Math.floor((milestone.at - before) * part));
      return follow([milestone], often);
    });
    expect(JSON.stringify(told)).toBe(JSON.stringify(said));
  });

  test('learns who is late, and by how much it can be wrong about when', () => {
    const delivered = new Map(
      history.flatMap(({ kind, order }) => (kind === 'DELIVERED' ? [[order.orderId, order] as const] : [])),
    );
    const judged = said
      .slice(said.length / 2)
      .flatMap(({ orderId, assessment }) =>
        assessment === null ? [] : [{ assessment, order: delivered.get(orderId)! }],
      )
      .map(({ assessment, order }) => ({
        score: assessment.probability,
        happened: order.deliveredAt! > order.promisedAt!,
        inTime: assessment.earliestAt <= order.deliveredAt! && order.deliveredAt! <= assessment.latestAt,
      }));
    expect(rocAuc(judged)).toBeGreaterThan(0.8);
    const predicted = judged.reduce((sum, { score }) => sum + score, 0) / judged.length;
    const observed = judged.filter(({ happened }) => happened).length / judged.length;
    expect(Math.abs(predicted - observed)).toBeLessThan(0.05);
    const covered = judged.filter(({ inTime }) => inTime).length / judged.length;
    expect(covered).toBeGreaterThan(0.7);
    expect(covered).toBeLessThan(0.9);
  });

  describe('once it has learnt', () => {
    const model = new LatenessModel();
    follow(history, model);
    const { order } = history.findLast(({ kind }) => kind === 'HANDED_OVER')!;

    test('a shorter promise is less likely kept, and the reasons say so', () => {
      const at = order.handedOverAt!;
      const [short, long] = [4, 30].map(
        (days) => model.assess({ ...order, promisedAt: at + days * DAY }, 'HAND_OVER')!,
      );
      expect(short!.probability).toBeGreaterThan(long!.probability + 0.1);
      expect(short!.reasons.find(({ feature }) => feature === 'promised_time')!.effect).toBeGreaterThan(0);
      expect(long!.reasons.find(({ feature }) => feature === 'promised_time')!.effect).toBeLessThan(0);
      const sizes = short!.reasons.map(({ effect }) => Math.abs(effect));
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    });

    test('a promise that has passed is broken; without a promise nothing is late', () => {
      const passed = { ...order, promisedAt: order.handedOverAt! - 1 };
      expect(model.assess(passed, 'HAND_OVER')!.probability).toBe(1);
      expect(model.assess({ ...order, promisedAt: null }, 'HAND_OVER')).toMatchObject({
        probability: 0,
        reasons: [],
      });
    });

    test('manages with an order of which next to nothing is known', () => {
      const nowhere = { zip: null, city: null, state: null, latitude: null, longitude: null };
      const unknown = { ...order, sellerId: null, lines: [], from: nowhere, to: nowhere };
      const { probability, earliestAt, expectedAt, latestAt } = model.assess(unknown, 'HAND_OVER')!;
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThan(1);
      expect(earliestAt).toBeLessThan(expectedAt);
      expect(expectedAt).toBeLessThan(latestAt);
    });

    test('a moment that has not come yet cannot be assessed', () => {
      expect(model.assess({ ...order, handedOverAt: null }, 'HAND_OVER')).toBeNull();
    });

    test('its state stays small', () => {
      const sizes = Object.values(model.state()).map((part) => JSON.stringify(part).length);
      expect(Math.max(...sizes)).toBeLessThan(50_000);
    });
  });
});
