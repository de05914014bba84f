import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { type Micros, SECOND } from '../../domain/time/micros.ts';
import type { ActionView, EffectView } from '../messages/alert-view.ts';

/** A row of `actions` within a row of JSON: times are text. */
export interface ActionJson {
  action_id: string;
  action: string;
  target: string | null;
  status: string;
  parameters: Record<string, unknown> | null;
  expires_at: string | null;
  decided_by: string | null;
  decided_by_id: string | null;
  note: string | null;
  result: { reason?: string } | null;
  effect: {
    series_key: string;
    following: boolean;
    steps: number;
    difference: number;
    returned_after_seconds: number | null;
    followed_for_seconds: number;
    untreated_seconds: number | null;
  } | null;
}

const TOLD_WHY: ReadonlySet<string> = new Set(['EXPIRED', 'FAILED']);

export function actionViewOf(row: ActionJson): ActionView {
  return {
    actionId: row.action_id,
    action: row.action,
    target: row.target ?? 'all',
    status: row.status,
    parameters: row.parameters ?? {},
    expiresAt: row.expires_at === null ? null : parseIso8601(row.expires_at),
    decidedBy: row.decided_by,
    decidedById: row.decided_by_id,
    problem: TOLD_WHY.has(row.status) ? (row.result?.reason ?? null) : row.note,
    effect: row.effect === null ? null : effectOf(row.effect),
  };
}

function effectOf(effect: NonNullable<ActionJson['effect']>): EffectView {
  return {
    seriesKey: effect.series_key,
    following: effect.following,
    steps: effect.steps,
    difference: effect.difference,
    returnedAfter: microsOf(effect.returned_after_seconds),
    followedFor: microsOf(effect.followed_for_seconds) ?? 0,
    untreated: microsOf(effect.untreated_seconds),
  };
}

function microsOf(seconds: number | null): Micros | null {
  return seconds === null ? null : Math.round(seconds * SECOND);
}
