import type { Micros } from '../../time/micros.ts';
import type { Grade } from '../grades/abc.ts';
import type { FollowedOrder } from '../milestone.ts';

/** When an order is assessed: at a milestone, or when it passes a limit. */
export type AssessedMoment = 'APPROVAL' | 'HAND_OVER' | 'PREPARATION' | 'TRANSIT';

/** What is predicted of an order at a moment, from what was known then. */
export interface DeliveryRisk {
  assessedAt: Micros;
  moment: AssessedMoment;
  /** As known at that moment. */
  order: FollowedOrder;
  grade: Grade;
  /** That it arrives after the promised date, 0 to 1. */
  probability: number;
  expectedAt: Micros;
  /** 10 % of such orders arrive before. */
  earliestAt: Micros;
  /** 90 % of such orders do. */
  latestAt: Micros;
  /** PREPARATION, TRANSIT: the limit that was passed. */
  limitAt: Micros | null;
  /** What raises (or lowers) the probability, the strongest first. */
  reasons: readonly { feature: string; effect: number }[];
}
