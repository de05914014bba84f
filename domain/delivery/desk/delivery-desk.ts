import type { NewAlert } from '../../alerts/alert.ts';
import { type Micros, SECOND } from '../../time/micros.ts';
import { GradeBook, type ProductGrade } from '../grades/grade-book.ts';
import type { FollowedOrder, Milestone } from '../milestone.ts';
import { type MonthlyScore, ScoreTable } from '../sellers/score-table.ts';
import { SellerBook, sellersOf } from '../sellers/seller-book.ts';
import type { SellerRecord } from '../sellers/seller-record.ts';
import type { DeliveryRisk } from '../watch/assessment.ts';
import { limitAlert, riskAlert } from '../watch/delivery-alerts.ts';
import { preparationLimit, transitLimit } from '../watch/limits.ts';
import type { Concern, Limit, OrderWatch } from '../watch/order-watch.ts';
import { type AlertResolution, end, endedBy, forgotten } from '../watch/resolutions.ts';
import { WatchList } from '../watch/watch-list.ts';
import { assessAtLimit, assessAtMilestone, routeQuery } from './assess.ts';
import type { Lateness, Routes } from './parts.ts';
import { restockVerdict } from './restock-warning.ts';
import type { DeskSettings } from './settings.ts';

/** Where the desk stands in event time, and what is due when. */
export interface DeskSchedule {
  /** How far event time has come; null before the first milestone. */
  now: Micros | null;
  scoresDue: Micros | null;
  gradesDue: Micros | null;
}

/** What has to be written, since the last time. Alerts are raised before they are resolved. */
export interface DeskChanges {
  risks: DeliveryRisk[];
  raised: NewAlert[];
  resolved: AlertResolution[];
  watches: { put: OrderWatch[]; removed: string[] };
  sellers: SellerRecord[];
  scores: MonthlyScore[];
  grades: ProductGrade[];
  schedule: DeskSchedule;
}

/** All that the desk remembers; routes and the model are restored by whoever made them. */
export interface DeskMemory {
  sellers: readonly SellerRecord[];
  grades: readonly ProductGrade[];
  watches: readonly OrderWatch[];
  schedule: DeskSchedule;
}

/**
 * Follows orders on their way: predicts, raises alerts when a limit is reached, resolves them when their matter is over,
 * and learns sellers, products, routes and risks.
 *
 * Each milestone is judged by what was known before it, and taught after that. What is due in between (limits, scores of
 * a day, grades of a week) happens at its own moment, so nothing depends on how often {@link advance} is called. A
 * milestone that comes late, older than event time, teaches and ends what it ends, but is not judged: more is known by
 * now than could be known then. It begins no watch of an order that is not watched, for it may be over.
 */
export class DeliveryDesk {
  readonly sellers: SellerBook;
  readonly grades = new GradeBook();
  private readonly settings: DeskSettings;
  private readonly routes: Routes;
  private readonly lateness: Lateness;
  private readonly scores: ScoreTable;
  private readonly watches: WatchList;
  private now = Number.NEGATIVE_INFINITY;
  private risks: DeliveryRisk[] = [];
  private raised: NewAlert[] = [];
  private resolved: AlertResolution[] = [];

  constructor(settings: DeskSettings, { routes, lateness }: { routes: Routes; lateness: Lateness }) {
    this.settings = settings;
    this.routes = routes;
    this.lateness = lateness;
    this.sellers = new SellerBook(settings.scores);
    this.scores = new ScoreTable(this.sellers, settings.scores);
    this.watches = new WatchList(settings.forgetAfter);
  }

  /** Everything that is due up to `now`, inclusive, happens, each at its own moment. */
  advance(now: Micros): void {
    for (let next = this.nextDue(); next !== null && next.at <= now; next = this.nextDue()) {
      this.moveTo(next.at);
      next.happen();
    }
    this.moveTo(now);
  }

  observe(milestone: Milestone): void {
    this.advance(milestone.at);
    const watch = this.watches.get(milestone.order.orderId);
    const isLate = milestone.at < this.now;
    if (watch !== null) this.resolved.push(...endedBy(milestone, watch, this.now));
    this.follow(milestone, watch, isLate);
    this.learn(milestone, watch);
  }

  /** Orders that were watched before and may reach a limit until then: their routes are asked about. */
  ordersDueUntil(at: Micros): FollowedOrder[] {
    return this.watches.dueUntil(at).map(({ order }) => order);
  }

  /** What has to be written since the last call. */
  changes(): DeskChanges {
    const { risks, raised, resolved } = this;
    this.risks = [];
    this.raised = [];
    this.resolved = [];
    return {
      risks,
      raised,
      resolved,
      watches: this.watches.changed(),
      sellers: this.sellers.changed(),
      scores: this.scores.changed(),
      grades: this.grades.changed(),
      schedule: {
        now: Number.isFinite(this.now) ? this.now : null,
        scoresDue: this.scores.dueAt(),
        gradesDue: this.grades.dueAt(),
      },
    };
  }

  /** Goes on from what was written. Of a new desk only. */
  restore({ sellers, grades, watches, schedule }: DeskMemory): void {
    this.now = schedule.now ?? Number.NEGATIVE_INFINITY;
    this.sellers.restore(sellers);
    this.scores.restore(schedule.scoresDue);
    this.grades.restore(grades, schedule.gradesDue);
    this.watches.restore(watches);
  }

  private moveTo(at: Micros): void {
    this.now = Math.max(this.now, at);
    this.lateness.advance(this.now);
  }

  /** The first thing that is due; of those at one moment: grades, scores, limits. */
  private nextDue(): { at: Micros; happen: () => void } | null {
    const due = [
      { at: this.grades.dueAt(), happen: () => this.grades.grade() },
      { at: this.scores.dueAt(), happen: () => this.scores.score() },
      { at: this.watches.dueAt(), happen: () => this.visit() },
    ];
    let first: { at: Micros; happen: () => void } | null = null;
    for (const { at, happen } of due) {
      if (at !== null && (first === null || at < first.at)) first = { at, happen };
    }
    return first;
  }

  /** An order that is due has passed its limit, or was silent for so long that nothing more is to be expected. */
  private visit(): void {
    const due = this.watches.take();
    if (due === null) return;
    if (due.isForgotten) this.resolved.push(...forgotten(due.watch, this.now, this.settings.forgetAfter));
    else this.passLimit(due.watch);
  }

  private passLimit(watch: OrderWatch): void {
    const grade = this.grades.gradeOf(watch.order);
    const risk = assessAtLimit(watch, this.now, grade, this.parts());
    if (risk !== null) this.risks.push(risk);
    this.raise(
      watch,
      watch.waits === 'HAND_OVER' ? 'PREPARATION' : 'TRANSIT',
      limitAlert(watch, this.now, { grade, risk }),
    );
  }

  private follow(milestone: Milestone, watch: OrderWatch | null, isLate: boolean): void {
    const { kind, order } = milestone;
    if (kind === 'DELIVERED' || kind === 'CANCELED') this.watches.remove(order.orderId);
    else if (order.deliveredAt !== null || order.canceledAt !== null || (watch === null && isLate)) return;
    else if (kind === 'APPROVED' && watch === null) this.beginPreparation(order);
    else if (kind === 'HANDED_OVER' && watch?.waits !== 'DELIVERY') this.beginTransit(order, watch, isLate);
  }

  private beginPreparation(order: FollowedOrder): void {
    if (order.approvedAt === null || order.handedOverAt !== null) return;
    const own = this.sellers.histogram(order.sellerId ?? '');
    const limit = preparationLimit(order, { own, all: this.sellers.histogram(null) }, this.settings.limits);
    const watch = newWatch(order, 'HAND_OVER', order.approvedAt, limit, {});
    this.assess(watch, 'APPROVAL');
    this.watches.put(watch);
  }

  private beginTransit(order: FollowedOrder, before: OrderWatch | null, isLate: boolean): void {
    if (order.handedOverAt === null) return;
    const limit = transitLimit(this.routes.estimate(routeQuery(order)), this.settings.limits);
    const watch = newWatch(
      order,
      'DELIVERY',
      order.handedOverAt,
      limit,
      before?.alerts ?? this.raisedBefore(order),
    );
    if (!isLate) this.assess(watch, 'HAND_OVER');
    this.watches.put(watch);
  }

  /** What may have been raised of an order that was forgotten before its hand-over, and is not raised again. */
  private raisedBefore({ approvedAt, handedOverAt }: FollowedOrder): OrderWatch['alerts'] {
    const isForgotten = approvedAt !== null && (handedOverAt ?? 0) - approvedAt >= this.settings.forgetAfter;
    return isForgotten ? { RISK: 'over' } : {};
  }

  /** Predicts; raises the alert of a probable lateness, or ends it when it has become improbable. */
  private assess(watch: OrderWatch, moment: 'APPROVAL' | 'HAND_OVER'): void {
    const grade = this.grades.gradeOf(watch.order);
    const risk = assessAtMilestone(watch.order, moment, this.now, grade, this.parts());
    if (risk === null) return;
    this.risks.push(risk);
    const percent = Math.round(risk.probability * 100);
    if (watch.order.promisedAt !== null && risk.probability >= this.settings.riskAlertProbability) {
      this.raise(watch, 'RISK', riskAlert(risk));
    } else {
      const note = `handed over to the carrier; it will be late with a probability of ${percent} % only`;
      this.resolved.push(...end(watch, 'RISK', this.now, note));
    }
  }

  private raise(watch: OrderWatch, concern: Concern, alert: NewAlert): void {
    if (watch.alerts[concern] !== undefined) return;
    watch.alerts[concern] = 'open';
    this.raised.push(alert);
  }

  private learn(milestone: Milestone, watch: OrderWatch | null): void {
    const { kind, order } = milestone;
    const agreed = watch?.waits === 'HAND_OVER' ? (watch.limit?.seconds ?? null) : null;
    this.scores.expect(this.now);
    this.sellers.observe(milestone, this.now, agreed);
    this.grades.observe(milestone, this.now);
    if (kind === 'HANDED_OVER') for (const sellerId of sellersOf(order)) this.judgeStock(sellerId);
    if (kind !== 'DELIVERED') return;
    this.routes.observe(order);
    this.lateness.learn(order);
  }

  private judgeStock(sellerId: string): void {
    const seller = this.sellers.record(sellerId);
    if (seller === null) return;
    const verdict = restockVerdict(seller, this.now, this.settings.restock);
    this.raised.push(...verdict.raised);
    this.resolved.push(...verdict.resolved);
    if (verdict.warning !== null) this.sellers.noteWarning(sellerId, verdict.warning);
  }

  private parts(): { routes: Routes; lateness: Lateness } {
    return { routes: this.routes, lateness: this.lateness };
  }
}

function newWatch(
  order: FollowedOrder,
  waits: OrderWatch['waits'],
  since: Micros,
  limit: Limit | null,
  alerts: OrderWatch['alerts'],
): OrderWatch {
  const dueAt = limit === null ? null : since + Math.round(limit.seconds * SECOND);
  return { order, waits, since, limit, dueAt, passed: false, alerts: { ...alerts } };
}
