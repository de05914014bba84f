import { DAY, type Micros } from '../../time/micros.ts';
import type { FollowedOrder } from '../milestone.ts';
import { momentParts, restoreMoment, type StateParts } from './lateness-state.ts';
import { MomentModel } from './moment-model.ts';
import type { AssessmentMoment } from './order-features.ts';

export type { AssessmentMoment } from './order-features.ts';

/** When an order will probably arrive, and how probably after the promise. */
export interface RiskAssessment {
  /** That it is delivered after `promisedAt`, 0 to 1; 0 without a promise. */
  probability: number;
  /** Half of such orders arrive before. */
  expectedAt: Micros;
  /** 10 % of such orders arrive before. */
  earliestAt: Micros;
  /** 90 % of such orders do. */
  latestAt: Micros;
  /** By how much a feature moves the log-odds of being late against a typical order, the strongest first. */
  reasons: { feature: string; effect: number }[];
}

/** Event time between two refits. */
const REFIT_EVERY = 7 * DAY;
const MOMENTS: readonly AssessmentMoment[] = ['APPROVAL', 'HAND_OVER'];

/**
 * Predicts when an order arrives and whether that is after its promise, at its approval and at its hand-over; learns from
 * every delivery, fits first when there are enough, and again once in a week of event time. A function of the calls it has
 * had: of nothing else.
 */
export class LatenessModel {
  private readonly models: Readonly<Record<AssessmentMoment, MomentModel>> = {
    APPROVAL: new MomentModel('APPROVAL'),
    HAND_OVER: new MomentModel('HAND_OVER'),
  };
  /** The beginning of the week of the last refit. */
  private refittedAt: Micros | null = null;
  private latest: Micros | null = null;

  /** Changes nothing. Null for an order that has not come to the moment, and while too little is known. */
  assess(order: FollowedOrder, moment: AssessmentMoment): RiskAssessment | null {
    return this.models[moment].assess(order);
  }

  /** The outcome of a delivered order is known now. */
  learn(order: FollowedOrder): void {
    for (const moment of MOMENTS) this.models[moment].learn(order);
  }

  /** Refits when a week has begun since the last time; one that is older than event time changes nothing. */
  advance(now: Micros): void {
    this.latest = Math.max(this.latest ?? now, now);
    const week = Math.floor(now / REFIT_EVERY) * REFIT_EVERY;
    if (this.refittedAt !== null && week <= this.refittedAt) return;
    this.refittedAt = week;
    for (const moment of MOMENTS) this.models[moment].refit(week);
  }

  /** How far event time has come; null before the first call of {@link advance}. */
  get now(): Micros | null {
    return this.latest;
  }

  /** All that it remembers, as values for JSON. Most parts stay as they are from one delivery to the next. */
  state(): StateParts {
    const parts: StateParts = { schedule: { refittedAt: this.refittedAt } };
    for (const moment of MOMENTS) {
      for (const [key, part] of Object.entries(momentParts(this.models[moment])))
        parts[`${moment}/${key}`] = part;
    }
    return parts;
  }

  /** Of a new model only: it goes on as if it had never stopped. */
  restore(parts: Readonly<StateParts>): void {
    const schedule = parts.schedule as { refittedAt: Micros | null } | undefined;
    this.refittedAt = schedule?.refittedAt ?? null;
    for (const moment of MOMENTS) restoreMoment(this.models[moment], moment, parts);
  }
}
