import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  DESK_SETTINGS,
  DeskStore,
  PlainLateness,
  PlainRoutes,
  showTo,
} from '../../../test/support/delivery-desk.ts';
import { expectedDeliveryAlerts, sellersOf } from '../../../test/support/oracle/delivery-alerts.ts';
import { JOURNEYS_FROM, journeys, milestonesOf } from '../../../test/support/traffic/journeys.ts';
import { DAY, HOUR, SECOND } from '../../time/micros.ts';
import type { FollowedOrder, Milestone } from '../milestone.ts';
import { DeliveryDesk } from './delivery-desk.ts';

const RUNS = { numRuns: 60 };

const history = journeys({ minLength: 1, maxLength: 40 }).map(milestonesOf);
const until = fc.integer({ min: 0, max: 120 }).map((days) => JOURNEYS_FROM + days * DAY);

function newDesk(settings = DESK_SETTINGS): DeliveryDesk {
  return new DeliveryDesk(settings, { routes: new PlainRoutes(), lateness: new PlainLateness() });
}

it('raises each alert of an order once, at the moment its limit is reached, and resolves it when it is over', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(history, until, (all, end) => {
      const milestones = all.filter(({ at }) => at <= end);
      const { raised, resolved } = showTo(newDesk(), milestones, end);
      const actual = raised
        .filter(({ orderId }) => orderId !== null)
        .map(({ dedupKey, openedAt, severity }) => ({
          dedupKey,
          openedAt,
          severity,
          resolvedAt: resolved.find((of) => of.dedupKey === dedupKey)?.at ?? null,
        }));
      const byKey = (a: { dedupKey: string }, b: { dedupKey: string }) => (a.dedupKey < b.dedupKey ? -1 : 1);
      const expected = expectedDeliveryAlerts(milestones, end, DESK_SETTINGS);
      expect(actual.toSorted(byKey)).toEqual(expected.toSorted(byKey));
      expect(new Set(resolved.map(({ dedupKey }) => dedupKey)).size).toBe(resolved.length);
    }),
    RUNS,
  );
});

it('does the same however often time moves, things are written, and it is started again', {
  timeout: 60_000,
}, () => {
  const interruption = fc.record({ at: fc.nat(1700), restart: fc.boolean() });
  fc.assert(
    fc.property(history, until, fc.array(interruption, { maxLength: 8 }), (all, end, interruptions) => {
      const milestones = all.filter(({ at }) => at <= end);
      const never = new DeskStore();
      never.keep(showTo(newDesk(), milestones, end));

      const often = new DeskStore();
      // What the plain parts know is what was delivered; they stand for whoever restores them.
      const parts = { routes: new PlainRoutes(), lateness: new PlainLateness() };
      let desk = new DeliveryDesk(DESK_SETTINGS, parts);
      let done = 0;
      for (const { at, restart } of interruptions.toSorted((a, b) => a.at - b.at)) {
        const now = Math.min(end, JOURNEYS_FROM + at * HOUR + 1);
        const next = milestones.findIndex((milestone, index) => index >= done && milestone.at > now);
        const upTo = next === -1 ? milestones.length : next;
        often.keep(showTo(desk, milestones.slice(done, upTo), now));
        done = upTo;
        if (!restart) continue;
        desk = new DeliveryDesk(DESK_SETTINGS, parts);
        desk.restore(often.memory());
      }
      often.keep(showTo(desk, milestones.slice(done), end));
      expect(often.contents()).toEqual(never.contents());
    }),
    RUNS,
  );
});

it('never knows what comes later: all it said up to a moment stands, whatever follows', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(history, until, until, (all, a, b) => {
      const [moment, end] = [Math.min(a, b), Math.max(a, b)];
      const said = (milestones: typeof all, to: number) => {
        const { risks, raised, resolved } = showTo(newDesk(), milestones, to);
        return {
          risks: risks.filter(({ assessedAt }) => assessedAt <= moment),
          raised: raised.filter(({ openedAt }) => openedAt <= moment),
          resolved: resolved.filter(({ at }) => at <= moment),
        };
      };
      const upTo = (to: number) => all.filter(({ at }) => at <= to);
      expect(said(upTo(end), end)).toEqual(said(upTo(moment), moment));
    }),
    RUNS,
  );
});

it('teaches late milestones and ends what they end, but judges none of them', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(history, fc.nat(39), (all, which) => {
      const orderIds = [...new Set(all.map(({ order }) => order.orderId))];
      const lateId = orderIds[which % orderIds.length];
      const late = all.filter(({ order }) => order.orderId === lateId);
      const end = all.at(-1)!.at + 1;
      const parts = { routes: new PlainRoutes(), lateness: new PlainLateness() };
      const inTime = showTo(
        new DeliveryDesk(DESK_SETTINGS, parts),
        all.filter((milestone) => !late.includes(milestone)),
        end,
      );
      // Started again, it knows how far time had come.
      const store = new DeskStore();
      store.keep(inTime);
      const desk = new DeliveryDesk(DESK_SETTINGS, parts);
      desk.restore(store.memory());
      const { risks, raised } = showTo(desk, late, end + 365 * DAY);
      expect(inTime.raised.filter(({ orderId }) => orderId === lateId)).toEqual([]);
      expect(
        [...risks, ...raised].filter((of) => ('order' in of ? of.order.orderId : of.orderId) === lateId),
      ).toEqual([]);
      const orders = (of: DeliveryDesk) =>
        ['s0', 's1', 's2'].map((id) => of.sellers.record(id)?.sums ?? null);
      const inOrder = newDesk();
      showTo(inOrder, all, end);
      expect(orders(desk).map((sums) => sums?.orders)).toEqual(orders(inOrder).map((sums) => sums?.orders));
      expect(orders(desk).map((sums) => sums?.late)).toEqual(orders(inOrder).map((sums) => sums?.late));
    }),
    RUNS,
  );
});

it('does not judge a late hand-over, but watches the trip of an order that it watched before', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(history, (all) => {
      const { waiting, handOver } = firstWaiting(all);
      fc.pre(handOver !== undefined);
      const now = all.at(-1)!.at + 1;
      const desk = newDesk({ ...DESK_SETTINGS, forgetAfter: 365 * DAY });
      showTo(desk, waiting, now);
      desk.observe(handOver!);
      const { risks, watches } = desk.changes();
      expect(risks).toEqual([]);
      expect(watches.put).toMatchObject([{ waits: 'DELIVERY', since: handOver!.at, passed: false }]);
    }),
    RUNS,
  );
});

/** A history of which an order's hand-over, and all that follows of it, was not heard; and that hand-over. */
function firstWaiting(all: readonly Milestone[]): { waiting: Milestone[]; handOver: Milestone | undefined } {
  const handOver = all.find(
    ({ kind, order }) =>
      kind === 'HANDED_OVER' &&
      order.approvedAt !== null &&
      order.deliveredAt === null &&
      order.canceledAt === null,
  );
  const waiting = all.filter(
    ({ kind, order }) =>
      order.orderId !== handOver?.order.orderId || (kind === 'APPROVED' && order.handedOverAt === null),
  );
  const isApproved = waiting.some(({ order }) => order.orderId === handOver?.order.orderId);
  return { waiting, handOver: isApproved ? handOver : undefined };
}

it('forgets an order that nothing was heard of for too long, and says so', () => {
  const line = { productId: 'p0', sellerId: 's0', quantity: 1, price: null, freight: null, handOverBy: null };
  const nowhere = { zip: null, city: null, state: null, latitude: null, longitude: null };
  const order: FollowedOrder = {
    ...{ orderId: 'o1', sellerId: 's0', amount: null, region: null, from: nowhere, to: nowhere },
    lines: [{ ...line, category: null, weightG: null, volumeCm3: null }],
    ...{ promisedAt: null, createdAt: JOURNEYS_FROM, approvedAt: JOURNEYS_FROM, handedOverAt: null },
    ...{ deliveredAt: null, canceledAt: null },
  };
  const desk = newDesk({ ...DESK_SETTINGS, forgetAfter: 180 * DAY });
  const approval: Milestone = { kind: 'APPROVED', at: JOURNEYS_FROM, order, score: null };
  const before = showTo(desk, [approval], JOURNEYS_FROM + 180 * DAY - 1);
  expect(before.raised).toMatchObject([{ dedupKey: 'delivery/PREPARATION/o1' }]);
  expect(before.resolved).toEqual([]);
  const after = showTo(desk, [], JOURNEYS_FROM + 200 * DAY);
  const note = 'not heard of for 180 days';
  expect(after.resolved).toEqual([
    { dedupKey: 'delivery/PREPARATION/o1', at: JOURNEYS_FROM + 180 * DAY, note },
  ]);
  expect(after.watches).toEqual({ put: [], removed: ['o1'] });
});

it('warns a seller whose preparations take too long, once in a cool-down, and says when that is over', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(history, until, (all, end) => {
      const milestones = all.filter(({ at }) => at <= end);
      const { raised, resolved } = showTo(newDesk(), milestones, end);
      const warnings = raised.filter(({ orderId }) => orderId === null);
      const { warningSeconds, cooldown, minimumCases } = DESK_SETTINGS.restock;
      for (const sellerId of ['s0', 's1', 's2']) {
        const expected: { openedAt: number; resolvedAt: number | null }[] = [];
        const preparations: number[] = [];
        for (const { kind, at, order } of milestones) {
          if (kind !== 'HANDED_OVER' || !sellersOf(order).includes(sellerId)) continue;
          if (order.approvedAt !== null) preparations.push((at - order.approvedAt) / SECOND);
          if (preparations.length === 0) continue;
          const mean = preparations.reduce((sum, seconds) => sum + seconds, 0) / preparations.length;
          const last = expected.at(-1);
          const isOpen = last !== undefined && last.resolvedAt === null;
          if (mean <= warningSeconds + 1e-6) {
            if (isOpen) last.resolvedAt = at;
          } else if (
            preparations.length >= minimumCases &&
            (last === undefined || at - last.openedAt >= cooldown)
          ) {
            if (isOpen) last.resolvedAt = at;
            expected.push({ openedAt: at, resolvedAt: null });
          }
        }
        const actual = warnings
          .filter(({ evidence }) => evidence.seller_id === sellerId)
          .map(({ dedupKey, openedAt }) => ({
            openedAt,
            resolvedAt: resolved.find((of) => of.dedupKey === dedupKey)?.at ?? null,
          }));
        expect(actual).toEqual(expected);
      }
    }),
    RUNS,
  );
});
