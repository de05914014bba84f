import type { DeliveryDesk, DeskChanges, DeskMemory } from '../../domain/delivery/desk/delivery-desk.ts';
import type { Lateness, Routes } from '../../domain/delivery/desk/parts.ts';
import type { DeskSettings } from '../../domain/delivery/desk/settings.ts';
import type { FollowedOrder, Milestone } from '../../domain/delivery/milestone.ts';
import type { RiskAssessment } from '../../domain/delivery/risk/lateness-model.ts';
import type { RouteEstimate } from '../../domain/delivery/routes/route-book.ts';
import { PreparationHistogram } from '../../domain/delivery/sellers/preparation-histogram.ts';
import { HOUR, type Micros, SECOND } from '../../domain/time/micros.ts';

/** Limits that a handful of orders reach. */
export const DESK_SETTINGS: DeskSettings = {
  scores: {
    weights: { speed: 1, reliability: 2, satisfaction: 1 },
    speedHalfSeconds: 48 * 3600,
    pseudoCount: 3,
    monthMinimum: 2,
  },
  limits: {
    preparationQuantile: 0.8,
    preparationFloorSeconds: 10 * 3600,
    preparationDefaultSeconds: 60 * 3600,
    preparationPseudoCount: 2,
    minimumPreparations: 3,
    minimumTrips: 2,
    transitQuantile: 0.7,
    transitFloorSeconds: 25 * 3600,
  },
  restock: { warningSeconds: 40 * 3600, cooldown: 100 * HOUR, minimumCases: 2 },
  riskAlertProbability: 0.4,
  forgetAfter: 150 * HOUR,
};

/** Every trip is like the others: quantiles by nearest rank. The plainest thing that learns. */
export class PlainRoutes implements Routes {
  private readonly trips: number[] = [];

  observe({ handedOverAt, deliveredAt }: FollowedOrder): void {
    if (handedOverAt !== null && deliveredAt !== null)
      this.trips.push((deliveredAt - handedOverAt) / SECOND + 1);
  }

  estimate(): RouteEstimate | null {
    if (this.trips.length === 0) return null;
    const sorted = this.trips.toSorted((a, b) => a - b);
    return {
      level: 'all',
      route: '*',
      trips: sorted.length,
      tripsInAll: sorted.length,
      meanSeconds: sorted[0]!,
      sdSeconds: 0,
      distanceKm: null,
      quantileSeconds: (p) => sorted[Math.min(sorted.length, Math.max(1, Math.ceil(p * sorted.length))) - 1]!,
    };
  }
}

/** Of the orders delivered so far this part was late. */
export class PlainLateness implements Lateness {
  private delivered = 0;
  private late = 0;

  assess(order: FollowedOrder, moment: 'APPROVAL' | 'HAND_OVER'): RiskAssessment | null {
    if (this.delivered === 0) return null;
    const from = (moment === 'APPROVAL' ? order.approvedAt : order.handedOverAt) ?? 0;
    return {
      probability: this.late / this.delivered,
      expectedAt: from + 20 * HOUR,
      earliestAt: from + 10 * HOUR,
      latestAt: from + 30 * HOUR,
      reasons: [{ feature: 'known', effect: this.delivered }],
    };
  }

  learn({ deliveredAt, promisedAt }: FollowedOrder): void {
    this.delivered += 1;
    if (promisedAt !== null && deliveredAt !== null && deliveredAt > promisedAt) this.late += 1;
  }

  advance(): void {}
}

/** Shows all milestones to a desk, and lets time go on to `until`. */
export function showTo(desk: DeliveryDesk, milestones: readonly Milestone[], until: Micros): DeskChanges {
  for (const milestone of milestones) {
    desk.advance(milestone.at);
    desk.observe(milestone);
  }
  desk.advance(until);
  return desk.changes();
}

/** Keeps what a desk wants written, as the database does: what is put replaces, what is added stays. */
export class DeskStore {
  readonly risks: DeskChanges['risks'] = [];
  readonly raised: DeskChanges['raised'] = [];
  readonly resolved: DeskChanges['resolved'] = [];
  private readonly sellers = new Map<string, DeskChanges['sellers'][number]>();
  private readonly grades = new Map<string, DeskChanges['grades'][number]>();
  private readonly watches = new Map<string, DeskChanges['watches']['put'][number]>();
  private readonly scores = new Map<string, DeskChanges['scores'][number]>();
  private schedule: DeskChanges['schedule'] = { now: null, scoresDue: null, gradesDue: null };

  keep(changes: DeskChanges): void {
    const { risks, raised, resolved, sellers, grades, watches, scores, schedule } = changes;
    this.risks.push(...risks);
    this.raised.push(...raised);
    this.resolved.push(...resolved);
    for (const of of sellers)
      this.sellers.set(of.sellerId, { ...structuredCloneOf(of), histogram: copyOf(of.histogram) });
    for (const of of grades) this.grades.set(of.productId, structuredCloneOf(of));
    for (const of of watches.put) this.watches.set(of.order.orderId, structuredCloneOf(of));
    for (const orderId of watches.removed) this.watches.delete(orderId);
    for (const of of scores) this.scores.set(`${of.month}/${of.sellerId}`, of);
    this.schedule = schedule;
  }

  /** As it was written; a desk that is given it changes nothing of it. */
  memory(): DeskMemory {
    return {
      sellers: [...this.sellers.values()].map((of) => ({
        ...structuredCloneOf(of),
        histogram: copyOf(of.histogram),
      })),
      grades: [...this.grades.values()].map(structuredCloneOf),
      watches: [...this.watches.values()].map(structuredCloneOf),
      schedule: this.schedule,
    };
  }

  /** Everything, in an order of its own. */
  contents(): unknown {
    const sorted = <T>(map: Map<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      risks: this.risks,
      raised: this.raised,
      resolved: this.resolved,
      sellers: sorted(this.sellers).map(([, of]) => ({ ...of, histogram: of.histogram.entries() })),
      grades: sorted(this.grades),
      watches: sorted(this.watches),
      scores: sorted(this.scores),
      schedule: this.schedule,
    };
  }
}

/** By way of JSON, as through the database. */
function structuredCloneOf<T>(of: T): T {
  return JSON.parse(JSON.stringify(of)) as T;
}

function copyOf(histogram: PreparationHistogram): PreparationHistogram {
  return new PreparationHistogram(histogram.entries());
}
