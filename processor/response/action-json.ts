import type { ActionEffect } from '../../domain/response/action.ts';
import { formatIso8601, parseIso8601 } from '../../domain/time/iso8601.ts';
import { type Micros, SECOND } from '../../domain/time/micros.ts';

/** An effect as it is stored and shown: snake_case, times in ISO 8601, durations in seconds. */
export interface EffectJson {
  series_key: string;
  ratio_before: number | null;
  difference_before: number;
  returned_at: string | null;
  returned_after_seconds: number | null;
  half_life_seconds: number;
  learnt_from: number;
  untreated_seconds: number | null;
  followed_for_seconds: number;
  steps: number;
  observed: number;
  expected: number;
  without_action: number;
  difference: number;
  together: readonly string[];
  following: boolean;
}

export function effectJson(effect: ActionEffect): EffectJson {
  return {
    series_key: effect.seriesKey,
    ratio_before: effect.ratioBefore,
    difference_before: effect.differenceBefore,
    returned_at: effect.returnedAt === null ? null : formatIso8601(effect.returnedAt),
    returned_after_seconds: seconds(effect.returnedAfter),
    half_life_seconds: effect.halfLife / SECOND,
    learnt_from: effect.learntFrom,
    untreated_seconds: seconds(effect.untreated),
    followed_for_seconds: effect.followedFor / SECOND,
    steps: effect.steps,
    observed: effect.observed,
    expected: effect.expected,
    without_action: effect.withoutAction,
    difference: effect.difference,
    together: effect.together,
    following: effect.following,
  };
}

export function effectOf(json: EffectJson): ActionEffect {
  return {
    seriesKey: json.series_key,
    ratioBefore: json.ratio_before,
    differenceBefore: json.difference_before,
    returnedAt: json.returned_at === null ? null : parseIso8601(json.returned_at),
    returnedAfter: micros(json.returned_after_seconds),
    halfLife: Math.round(json.half_life_seconds * SECOND),
    learntFrom: json.learnt_from,
    untreated: micros(json.untreated_seconds),
    followedFor: Math.round(json.followed_for_seconds * SECOND),
    steps: json.steps,
    observed: json.observed,
    expected: json.expected,
    withoutAction: json.without_action,
    difference: json.difference,
    together: json.together,
    following: json.following,
  };
}

function seconds(duration: Micros | null): number | null {
  return duration === null ? null : duration / SECOND;
}

function micros(duration: number | null): Micros | null {
  return duration === null ? null : Math.round(duration * SECOND);
}
