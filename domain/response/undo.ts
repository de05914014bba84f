import type { Dimension } from '../series/dimensions.ts';
import { seriesKey } from '../series/series-key.ts';
import type { Micros } from '../time/micros.ts';
import { type ActionRow, TARGET_KINDS, undoneBy } from './action.ts';
import { NO_PLAN, newAction } from './new-action.ts';
import { type Deviations, isInBand } from './targets.ts';

/** Whether there is, or may yet be, something to take back. */
export function lasts(row: ActionRow): boolean {
  if (row.plan.undo === null || row.undoneBy !== null) return false;
  if (row.status === 'FAILED') return row.result?.uncertain ?? false;
  return ['PROPOSED', 'APPROVED', 'SENT', 'DONE'].includes(row.status);
}

/** Since when the series whose steadiness ends the action are all in their bands; null: they are not, or there are none. */
export function steadySince(row: ActionRow, from: Micros, deviations: Deviations): Micros | null {
  const watched = watchedSeries(row);
  const allSteady = watched.length > 0 && watched.every((key) => isInBand(deviations(key)));
  return allSteady ? (row.plan.steadySince ?? from) : null;
}

function watchedSeries({ plan, target }: ActionRow): string[] {
  const kind = TARGET_KINDS.find((one) => target[one] !== undefined);
  const value = kind === undefined ? undefined : target[kind];
  if (plan.undo === null || kind === undefined || value === undefined) return [];
  return plan.undo.whenSteady.map((metric) => seriesKey({ metric, dimension: kind as Dimension, value }));
}

/** Why an action is to be taken back now; null: it is not. */
export function whyOver(row: ActionRow, now: Micros): string | null {
  const { undo, steadySince: since } = row.plan;
  if (undo === null || row.sentAt === null) return null;
  if (since !== null && now - since >= undo.steadyFor) return 'its target is as expected again';
  return now - row.sentAt >= undo.atLatest ? 'it has lasted as long as it may' : null;
}

/** What takes an action back: sent without asking, whatever the limits, and never too late. */
export function undoAction(row: ActionRow, now: Micros): ActionRow | null {
  const action = undoneBy(row.action);
  if (action === null) return null;
  return newAction(
    {
      reason: row.actionId,
      action,
      target: row.target,
      parameters: row.request.parameters,
      incidentId: row.incidentId,
      alertKey: row.alertKey,
      cause: row.cause,
      probability: row.request.probability,
      decidedAt: now,
      validFor: null,
      undoes: row.actionId,
      plan: NO_PLAN,
    },
    { status: 'SENT' },
  );
}
