import type { FollowedOrder, Milestone } from '../../domain/delivery/milestone.ts';
import { type AssessmentMoment, LatenessModel } from '../../domain/delivery/risk/lateness-model.ts';
import { RouteBook } from '../../domain/delivery/routes/route-book.ts';
import { type Micros, SECOND } from '../../domain/time/micros.ts';
import { PairMeans } from './pair-means.ts';

/** What was said of an order at a moment, by everybody who had something to say. Times are seconds from the moment. */
export interface Prediction {
  moment: AssessmentMoment;
  at: Micros;
  order: FollowedOrder;
  /** The model that goes on learning, and the one that stopped at the end of the training period; null: knew nothing. */
  online: ModelPrediction | null;
  frozen: ModelPrediction | null;
  /** HAND_OVER: median lead time of the route. */
  routeSeconds: number | null;
  /** Mean from this moment to the delivery of earlier orders between the two states; of all, where there are none. */
  pairSeconds: number | null;
  /** Share of late orders among those delivered before. */
  baseRate: number;
  promisedSeconds: number | null;
}

export interface ModelPrediction {
  probability: number;
  expectedSeconds: number;
  earliestSeconds: number;
  latestSeconds: number;
}

/** A prediction whose order was delivered. */
export interface Outcome extends Prediction {
  seconds: number;
  late: boolean;
}

/**
 * Shows milestones to a route book and two models exactly as the processor does: first time moves on, then the order is
 * judged, and only then is anything learnt from it.
 */
export class PredictionLog {
  readonly outcomes: Outcome[] = [];
  readonly routes = new RouteBook();
  private readonly online = new LatenessModel();
  private readonly frozen = new LatenessModel();
  private readonly open = new Map<string, Prediction[]>();
  private readonly pairs = { APPROVAL: new PairMeans(), HAND_OVER: new PairMeans() };
  private readonly trainUntil: Micros;
  private delivered = 0;
  private late = 0;

  constructor(trainUntil: Micros) {
    this.trainUntil = trainUntil;
  }

  observe({ kind, at, order }: Milestone): void {
    this.online.advance(at);
    if (at < this.trainUntil) this.frozen.advance(at);
    if (kind === 'APPROVED' && order.handedOverAt === null) this.predict(order, 'APPROVAL', at);
    if (kind === 'HANDED_OVER' && order.deliveredAt === null) this.predict(order, 'HAND_OVER', at);
    if (kind === 'CANCELED') this.open.delete(order.orderId);
    if (kind === 'DELIVERED') this.settle(order, at);
  }

  private predict(order: FollowedOrder, moment: AssessmentMoment, at: Micros): void {
    const said = (model: LatenessModel): ModelPrediction | null => {
      const assessment = model.assess(order, moment);
      if (assessment === null) return null;
      const { probability, expectedAt, earliestAt, latestAt } = assessment;
      const [expectedSeconds, earliestSeconds, latestSeconds] = [expectedAt, earliestAt, latestAt].map(
        (time) => (time - at) / SECOND,
      ) as [number, number, number];
      return { probability, expectedSeconds, earliestSeconds, latestSeconds };
    };
    const query = { from: order.from, to: order.to, category: order.lines[0]?.category ?? null };
    const route = this.routes.estimate({ ...query, weightG: null, volumeCm3: null });
    const predictions = this.open.get(order.orderId) ?? [];
    predictions.push({
      moment,
      at,
      order,
      online: said(this.online),
      frozen: said(this.frozen),
      routeSeconds: moment === 'HAND_OVER' ? (route?.quantileSeconds(0.5) ?? null) : null,
      pairSeconds: this.pairs[moment].mean(order),
      baseRate: this.delivered === 0 ? 0 : this.late / this.delivered,
      promisedSeconds: order.promisedAt === null ? null : (order.promisedAt - at) / SECOND,
    });
    this.open.set(order.orderId, predictions);
  }

  private settle(order: FollowedOrder, deliveredAt: Micros): void {
    const late = order.promisedAt !== null && deliveredAt > order.promisedAt;
    for (const prediction of this.open.get(order.orderId) ?? []) {
      const seconds = (deliveredAt - prediction.at) / SECOND;
      this.outcomes.push({ ...prediction, seconds, late });
      this.pairs[prediction.moment].observe(order, seconds);
    }
    this.open.delete(order.orderId);
    this.delivered += 1;
    if (late) this.late += 1;
    this.routes.observe(order);
    this.online.learn(order);
    if (deliveredAt < this.trainUntil) this.frozen.learn(order);
  }
}
