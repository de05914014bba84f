import { compareCodePoints } from '../text/compare.ts';
import type { Milestone, MilestoneKind } from './milestone.ts';

const RANKS: Readonly<Record<MilestoneKind, number>> = {
  CREATED: 0,
  APPROVED: 1,
  HANDED_OVER: 2,
  DELIVERED: 3,
  CANCELED: 4,
  REVIEWED: 5,
};

/** The order in which milestones are followed: (at, orderId, rank of kind). Negative when `a` comes before `b`. */
export function compareMilestones(a: Milestone, b: Milestone): number {
  return a.at - b.at || compareCodePoints(a.order.orderId, b.order.orderId) || RANKS[a.kind] - RANKS[b.kind];
}
