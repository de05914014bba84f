/** The legs of an order's way, from the purchase on. */
export const STAGES = ['APPROVAL', 'PREPARATION', 'TRANSIT'] as const;
export type Stage = (typeof STAGES)[number];

/** Who is at work in a stage. */
const WORKER: Record<Stage, DelaySource> = { APPROVAL: 'PAYMENT', PREPARATION: 'SELLER', TRANSIT: 'CARRIER' };
export type DelaySource = 'PAYMENT' | 'SELLER' | 'CARRIER';

/** Mean seconds of each stage. */
export type StageMeans = Readonly<Record<Stage, number>>;

export interface StageShare {
  stage: Stage;
  meanSeconds: number;
  /** Of the time from purchase to delivery, 0 to 1. */
  share: number;
  /** How much longer it takes when the order comes late than when it does not; null: one of the two is missing. */
  excessSeconds: number | null;
  /** Of the stages that take longer then, the share of this one in what is added; null: none does. */
  excessShare: number | null;
}

/**
 * How the time of orders divides among the stages, and where that of late ones comes from.
 *
 * @param late means of the late orders alone; null: there are none. So with `onTime`
 */
export function stageShares(
  all: StageMeans,
  late: StageMeans | null,
  onTime: StageMeans | null,
): StageShare[] {
  const total = STAGES.reduce((sum, stage) => sum + all[stage], 0);
  const excess = (stage: Stage) => (late === null || onTime === null ? null : late[stage] - onTime[stage]);
  const added = STAGES.reduce((sum, stage) => sum + Math.max(0, excess(stage) ?? 0), 0);
  return STAGES.map((stage) => {
    const more = excess(stage);
    return {
      stage,
      meanSeconds: all[stage],
      share: total === 0 ? 0 : all[stage] / total,
      excessSeconds: more,
      excessShare: more === null || added === 0 ? null : Math.max(0, more) / added,
    };
  });
}

/** Who the delay comes from: whoever's stage adds most to late orders. Null: nobody's does. */
export function delaySource(shares: readonly StageShare[]): DelaySource | null {
  const [most] = shares
    .filter(({ excessShare }) => (excessShare ?? 0) > 0)
    .toSorted((a, b) => (b.excessShare ?? 0) - (a.excessShare ?? 0));
  return most === undefined ? null : WORKER[most.stage];
}
