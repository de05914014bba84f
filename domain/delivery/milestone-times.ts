import type { OrderState } from '../order/fold.ts';
import type { Micros } from '../time/micros.ts';
import type { MilestoneKind } from './milestone.ts';

/** Milestones that the events of an order set; a review is a fact of its own. */
export type OrderMilestoneKind = Exclude<MilestoneKind, 'REVIEWED'>;

/** When an order reached each milestone; null: not yet. */
export type MilestoneTimes = Readonly<Record<OrderMilestoneKind, Micros | null>>;

export const NO_MILESTONES: MilestoneTimes = {
  CREATED: null,
  APPROVED: null,
  HANDED_OVER: null,
  DELIVERED: null,
  CANCELED: null,
};

export function milestoneTimes({ createdEventAt, stageTimes }: OrderState): MilestoneTimes {
  return {
    CREATED: createdEventAt,
    APPROVED: stageTimes.PAID ?? null,
    HANDED_OVER: stageTimes.SHIPPED ?? null,
    DELIVERED: stageTimes.DELIVERED ?? null,
    CANCELED: stageTimes.CANCELED ?? null,
  };
}

/** A milestone that event time may have passed already when it came. */
export interface LateMilestone {
  orderId: string;
  kind: MilestoneKind;
  at: Micros;
  /** REVIEWED: which review; 0 for the others. */
  contentHash: number;
  /** When it was thought to have happened before; null: it was not known. */
  replaces: Micros | null;
}

/** The milestones that a batch of events has set, or dated back, to a time before `lateBefore`. */
export function lateMilestones(
  orderId: string,
  before: MilestoneTimes,
  after: MilestoneTimes,
  lateBefore: Micros,
): LateMilestone[] {
  const late: LateMilestone[] = [];
  for (const kind of Object.keys(after) as OrderMilestoneKind[]) {
    const at = after[kind];
    if (at === null || at === before[kind] || at >= lateBefore) continue;
    late.push({ orderId, kind, at, contentHash: 0, replaces: before[kind] });
  }
  return late;
}
