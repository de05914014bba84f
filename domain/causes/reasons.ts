import type { RefusalReason } from '../platform/restaurant-event.ts';
import type { Cause } from './cause.ts';

const REASON_OF: Partial<Readonly<Record<Cause, RefusalReason>>> = {
  REFUSALS_INGREDIENTS: 'INGREDIENTS_OUT',
  REFUSALS_STAFF: 'STAFF_SHORT',
  REFUSALS_SYSTEM: 'SYSTEM_ERROR',
  REFUSALS_OTHER: 'OTHER',
};

/** Share of the refusals that give the reason while it is the cause, and while another one is. */
const SHARE_IF_SO = 0.65;
const SHARE_IF_NOT = 0.35;

/** They are what restaurants chose to say: they do not tell one reason from another for certain. */
const LEAST_LOG_ODDS = -5;

export interface ReasonCount {
  reason: RefusalReason;
  count: number;
  all: number;
  logOdds: number;
}

/**
 * How well the reasons that restaurants gave go with one cause: the binomial likelihood of its share, against the reason
 * that goes with them best. Never above 0: that reasons were given says nothing of whether more is refused than usual.
 *
 * @returns null for a cause that is no reason to refuse, and without refusals
 */
export function reasonOf(cause: Cause, reasons: ReadonlyMap<string, number>): ReasonCount | null {
  const all = [...reasons.values()].reduce((sum, count) => sum + count, 0);
  const reason = REASON_OF[cause];
  if (reason === undefined || all === 0) return null;
  const count = reasons.get(reason) ?? 0;
  const most = Math.max(...reasons.values());
  const perRefusal = Math.log((SHARE_IF_SO * (1 - SHARE_IF_NOT)) / (SHARE_IF_NOT * (1 - SHARE_IF_SO)));
  return { reason, count, all, logOdds: Math.max(LEAST_LOG_ODDS, (count - most) * perRefusal) };
}
