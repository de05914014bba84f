import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DESK_SETTINGS, PlainLateness, PlainRoutes, showTo } from '../../../test/support/delivery-desk.ts';
import { sellersOf } from '../../../test/support/oracle/delivery-alerts.ts';
import { JOURNEYS_FROM, journeys, milestonesOf } from '../../../test/support/traffic/journeys.ts';
import { DAY, SECOND } from '../../time/micros.ts';
import { DeliveryDesk } from '../desk/delivery-desk.ts';
import type { Milestone } from '../milestone.ts';
import { emptySums, type ScoreSums } from './score-sums.ts';
import { scoreSellers } from './seller-score.ts';

const history = journeys({ minLength: 1, maxLength: 40 }).map(milestonesOf);
const until = fc.integer({ min: 0, max: 120 }).map((days) => JOURNEYS_FROM + days * DAY);

/** No limit of its own takes part: breaches are those of a promised hand-over only. */
const SETTINGS = {
  ...DESK_SETTINGS,
  limits: { ...DESK_SETTINGS.limits, preparationFloorSeconds: 1e9 },
};

function newDesk(): DeliveryDesk {
  return new DeliveryDesk(SETTINGS, { routes: new PlainRoutes(), lateness: new PlainLateness() });
}

/** The sums of one seller over these milestones, by looking at each for everything. */
function plainSums(milestones: readonly Milestone[], sellerId: string): ScoreSums {
  const own = milestones.filter(({ order }) => sellersOf(order).includes(sellerId));
  const ofKind = (kind: string) => own.filter((milestone) => milestone.kind === kind);
  const preparations = ofKind('HANDED_OVER').filter(({ order }) => order.approvedAt !== null);
  const deliveries = ofKind('DELIVERED').filter(({ order }) => order.promisedAt !== null);
  const half = SETTINGS.scores.speedHalfSeconds;
  return {
    orders: ofKind('APPROVED').length,
    preparations: preparations.length,
    speedSum: preparations.reduce(
      (sum, { at, order }) => sum + half / (half + (at - order.approvedAt!) / SECOND),
      0,
    ),
    deliveries: deliveries.length,
    late: deliveries.filter(({ at, order }) => at > order.promisedAt!).length,
    reviews: ofKind('REVIEWED').length,
    reviewSum: ofKind('REVIEWED').reduce((sum, { score }) => sum + score!, 0),
    breaches: preparations.filter(({ at, order }) =>
      order.lines
        .filter((line) => (line.sellerId ?? order.sellerId) === sellerId)
        .some(({ handOverBy }) => handOverBy !== null && at > handOverBy),
    ).length,
  };
}

/** Those of whom anything is known. */
function sellerIds(milestones: readonly Milestone[]): string[] {
  return ['s0', 's1', 's2'].filter((id) => Object.values(plainSums(milestones, id)).some((sum) => sum > 0));
}

it('knows of each seller what its milestones say', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(history, (milestones) => {
      const desk = newDesk();
      showTo(desk, milestones, milestones.at(-1)!.at);
      for (const sellerId of sellerIds(milestones)) {
        const record = desk.sellers.record(sellerId)!;
        const expected = plainSums(milestones, sellerId);
        expect(record.sums).toEqual({ ...expected, speedSum: expect.closeTo(expected.speedSum, 9) });
        const seconds = milestones
          .filter(({ kind, order }) => kind === 'HANDED_OVER' && sellersOf(order).includes(sellerId))
          .flatMap(({ at, order }) => (order.approvedAt === null ? [] : [(at - order.approvedAt) / SECOND]));
        const mean = seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
        const squares = seconds.reduce((sum, one) => sum + (one - mean) ** 2, 0);
        const { orders, meanSeconds, sdSeconds } = desk.sellers.preparation(sellerId);
        expect(orders).toBe(seconds.length);
        if (seconds.length > 0) expect(meanSeconds).toBeCloseTo(mean, 5);
        if (seconds.length > 1) expect(sdSeconds).toBeCloseTo(Math.sqrt(squares / (seconds.length - 1)), 4);
      }
    }),
    { numRuns: 60 },
  );
});

it('scores everybody at the end of each month, by what came until then, and the month by what came in it', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(history, until, (all, end) => {
      const milestones = all.filter(({ at }) => at <= end);
      const { scores } = showTo(newDesk(), milestones, end);
      for (const [from, to] of [
        ['2026-01-01', '2026-02-01'],
        ['2026-02-01', '2026-03-01'],
        ['2026-03-01', '2026-04-01'],
      ] as const) {
        const month = Date.parse(`${from}T00:00:00Z`) * 1000;
        const over = Date.parse(`${to}T00:00:00Z`) * 1000;
        const rows = scores.filter((row) => row.month === month);
        if (over > end) continue;
        const known = milestones.filter(({ at }) => at < over);
        const inMonth = known.filter(({ at }) => at >= month);
        if (sellerIds(inMonth).length === 0) {
          expect(rows).toEqual([]);
          continue;
        }
        const sums = new Map(sellerIds(known).map((id) => [id, plainSums(known, id)]));
        const expected = scoreSellers(sums, SETTINGS.scores);
        expect(ranksOf(rows)).toEqual(ranksOf(expected));
        const monthSums = new Map(
          sellerIds(known).map((id) => [
            id,
            sellerIds(inMonth).includes(id) ? plainSums(inMonth, id) : emptySums(),
          ]),
        );
        checkMonth(rows, monthSums);
      }
    }),
    { numRuns: 60 },
  );
});

function ranksOf(rows: readonly { sellerId: string; rank: number }[]): [string, number][] {
  return rows.map(({ sellerId, rank }): [string, number] => [sellerId, rank]).toSorted();
}

function checkMonth(
  rows: ReturnType<typeof showTo>['scores'],
  monthSums: ReadonlyMap<string, ScoreSums>,
): void {
  const active = new Map([...monthSums].filter(([, of]) => Object.values(of).some((value) => value > 0)));
  const ofMonth = scoreSellers(active, SETTINGS.scores);
  for (const row of rows) {
    const own = monthSums.get(row.sellerId)!;
    expect([row.monthOrders, row.breaches]).toEqual([own.orders, own.breaches]);
    const score = ofMonth.find(({ sellerId }) => sellerId === row.sellerId)?.score ?? null;
    if (score === null) expect(row.monthScore).toBeNull();
    else expect(row.monthScore).toBeCloseTo(score, 9);
    const better = rows.filter(
      (other) =>
        other.monthOrders >= SETTINGS.scores.monthMinimum && (other.monthScore ?? 0) > (row.monthScore ?? 0),
    );
    expect(row.monthRank).toBe(row.monthOrders >= SETTINGS.scores.monthMinimum ? better.length + 1 : null);
  }
}
