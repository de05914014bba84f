import type { SeriesKind } from '../detection/series-point.ts';
import type { Verdict } from '../detection/verdict.ts';
import type { Micros } from '../time/micros.ts';
import type { ActionEffect, ActionPlan } from './action.ts';
import type { Recovery } from './natural-recovery.ts';
import type { Deviation } from './recent-steps.ts';
import { isInBand } from './targets.ts';

export interface FollowSettings {
  steadyFor: Micros;
  followFor: Micros;
}

/** An effect of which nothing is known yet. */
export function beginEffect(seriesKey: string, before: Deviation, recovery: Recovery): ActionEffect {
  return {
    seriesKey,
    ratioBefore: before.ratio,
    differenceBefore: before.difference,
    returnedAt: null,
    returnedAfter: null,
    halfLife: recovery.halfLife,
    learntFrom: recovery.learntFrom,
    untreated: recovery.untreated,
    followedFor: 0,
    steps: 0,
    observed: 0,
    expected: 0,
    withoutAction: 0,
    difference: 0,
    together: [],
    following: true,
  };
}

/** The estimate of a step, had nobody acted: the deviation from before, halved every half-life. */
export function withoutAction(
  expected: number,
  effect: Pick<ActionEffect, 'ratioBefore' | 'differenceBefore' | 'halfLife'>,
  elapsed: Micros,
): number {
  const left = 2 ** (-elapsed / effect.halfLife);
  return effect.ratioBefore === null
    ? expected + effect.differenceBefore * left
    : expected * (1 + (effect.ratioBefore - 1) * left);
}

/**
 * One more step of a followed action. Counts add up; of rates, means and levels the mean over the steps is kept.
 *
 * @param step its start and end
 */
export function followStep(
  effect: ActionEffect,
  plan: ActionPlan,
  kind: SeriesKind,
  step: { from: Micros; now: Micros },
  verdict: Verdict | undefined,
  settings: FollowSettings,
): { effect: ActionEffect; plan: ActionPlan } {
  const followedFrom = plan.followedFrom ?? step.from;
  const inBandSince = isInBand(verdict) ? (plan.inBandSince ?? step.from) : null;
  const counted = count(effect, kind, step.from - followedFrom, verdict);
  const returned = inBandSince !== null && step.now - inBandSince >= settings.steadyFor;
  const isOver = returned || step.now - followedFrom >= settings.followFor;
  return {
    plan: { ...plan, followedFrom, inBandSince },
    effect: {
      ...counted,
      followedFor: step.now - followedFrom,
      returnedAt: returned ? inBandSince : null,
      returnedAfter: returned ? inBandSince - followedFrom : null,
      following: !isOver,
    },
  };
}

function count(
  effect: ActionEffect,
  kind: SeriesKind,
  elapsed: Micros,
  verdict: Verdict | undefined,
): ActionEffect {
  const { observed, expected } = verdict ?? { observed: null, expected: null };
  if (observed === null || expected === null) return effect;
  const steps = effect.steps + 1;
  const add = (sum: number, value: number) => (kind === 'COUNT' ? sum + value : sum + (value - sum) / steps);
  const counted = {
    ...effect,
    steps,
    observed: add(effect.observed, observed),
    expected: add(effect.expected, expected),
    withoutAction: add(effect.withoutAction, withoutAction(expected, effect, elapsed)),
  };
  return { ...counted, difference: counted.observed - counted.withoutAction };
}
