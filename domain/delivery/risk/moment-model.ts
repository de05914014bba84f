import { DAY, type Micros, SECOND } from '../../time/micros.ts';
import type { FollowedOrder } from '../milestone.ts';
import { DurationModel } from './duration-model.ts';
import type { RiskAssessment } from './lateness-model.ts';
import { type AssessmentMoment, GROUPS, type OrderFeatures, orderFeatures } from './order-features.ts';
import { probabilityOf, type Question, TailModel } from './tail-model.ts';

/** Regressors beside the intercept: distance, same state, freight, and at approval the time the seller has. */
const NUMBERS: Readonly<Record<AssessmentMoment, number>> = { APPROVAL: 4, HAND_OVER: 3 };

/**
 * A duration that is over at once still has a logarithm. Of an hour it made all promises of less look alike, and those
 * of a delivery platform are: an order brought in 7 of 14 minutes was called late with 65 %.
 */
const SHORTEST_SECONDS = 60;

/** Ten years. A line through what was seen goes to absurd times for an order unlike all that were, and a date has an end. */
const LONGEST_LOG = Math.log((3650 * DAY) / SECOND);

/** Before there are enough outcomes: quantiles of log-normal durations with a standard deviation of 0.63. */
const FIRST_SPREAD = { early: -0.81, middle: 0, late: 0.81 };

/** Predicts from one moment of an order's way: how long it takes from there to the delivery, and whether that is too long. */
export class MomentModel {
  readonly durations: DurationModel;
  readonly tail = new TailModel();
  /** Quantiles of the deviation of log-durations from what was expected: 10, 50 and 90 %. */
  spread = FIRST_SPREAD;
  private readonly moment: AssessmentMoment;

  constructor(moment: AssessmentMoment) {
    this.moment = moment;
    this.durations = new DurationModel(NUMBERS[moment], GROUPS[moment]);
  }

  /**
   * Null before the moment, while too few durations are known, and of an order with a promise while too few outcomes are
   * known: an alert on each of the first orders would say nothing.
   */
  assess(order: FollowedOrder): RiskAssessment | null {
    const features = orderFeatures(order, this.moment);
    const logExpected = features === null ? null : this.expect(features);
    if (features === null || logExpected === null) return null;
    const lateness = this.lateness(features, logExpected);
    if (lateness === null) return null;
    const after = (logSeconds: number) =>
      features.at + Math.round(Math.exp(Math.min(logSeconds, LONGEST_LOG)) * SECOND);
    return {
      ...lateness,
      expectedAt: after(logExpected + this.spread.middle),
      earliestAt: after(logExpected + this.spread.early),
      latestAt: after(logExpected + this.spread.late),
    };
  }

  /** Of a delivered order. One that has no such moment, or was delivered before it, says nothing. */
  learn(order: FollowedOrder): void {
    const features = orderFeatures(order, this.moment);
    const { deliveredAt } = order;
    if (features === null || deliveredAt === null || deliveredAt < features.at) return;
    const logSeconds = logOf(deliveredAt - features.at);
    const logExpected = this.expect(features);
    if (logExpected !== null && features.promisedAt !== null) {
      const question = questionOf(features, logExpected, features.promisedAt);
      this.tail.learn({ ...question, logSeconds, promisedAt: features.promisedAt });
    }
    this.durations.learn(features, logSeconds, deliveredAt);
    if (this.tail.fit === null) this.refit(deliveredAt);
  }

  /** Does nothing while too few outcomes are known. */
  refit(at: Micros): void {
    this.tail.refit(at);
    if (this.tail.fit === null) return;
    const deviations = this.tail.examples.all().map((example) => example.logSeconds - example.logExpected);
    deviations.sort((a, b) => a - b);
    const quantile = (share: number) => deviations[Math.floor(share * (deviations.length - 1))]!;
    this.spread = { early: quantile(0.1), middle: quantile(0.5), late: quantile(0.9) };
  }

  private expect(features: OrderFeatures): number | null {
    const logExpected = this.durations.expect(features);
    return logExpected === null ? null : Math.min(logExpected, LONGEST_LOG);
  }

  private lateness(
    features: OrderFeatures,
    logExpected: number,
  ): Pick<RiskAssessment, 'probability' | 'reasons'> | null {
    // Without a promise nothing is late.
    if (features.promisedAt === null) return { probability: 0, reasons: [] };
    const answer = this.tail.ask(questionOf(features, logExpected, features.promisedAt));
    if (answer === null) return null;
    if (features.promisedAt <= features.at) {
      return { probability: 1, reasons: [{ feature: 'promise_has_passed', effect: 10 }] };
    }
    const reasons = answer.reasons
      .filter(({ effect }) => effect !== 0)
      .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
    return { probability: probabilityOf(answer), reasons };
  }
}

function questionOf(
  { at, promptness, customerState, sellerState }: OrderFeatures,
  logExpected: number,
  promisedAt: Micros,
): Question {
  return { logPromised: logOf(promisedAt - at), logExpected, promptness, customerState, sellerState };
}

function logOf(duration: Micros): number {
  return Math.log(Math.max(duration / SECOND, SHORTEST_SECONDS));
}
