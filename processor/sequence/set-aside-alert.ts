import type { NewAlert } from '../../domain/alerts/alert.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { MilestoneRow } from './sql/take-milestones.ts';

/** Orders that alert and log name; the event time leads to the others. */
const MOST_NAMED = 20;

export function orderIdsOf(rows: readonly MilestoneRow[]): string[] {
  return [...new Set(rows.map((row) => row.order_id))].sort().slice(0, MOST_NAMED);
}

/** The alert of milestones of one instant that could not be followed. */
export function setAsideAlert(
  rows: readonly [MilestoneRow, ...MilestoneRow[]],
  reason: string,
  now: Micros,
): NewAlert {
  const [{ order_id, kind, at, content_hash }] = rows;
  const orderIds = orderIdsOf(rows);
  return {
    dedupKey: `set-aside/${formatIso8601(at)}/${kind}/${content_hash}/${order_id}`,
    groupKey: 'PIPELINE/SET_ASIDE/sequence',
    kind: 'PIPELINE',
    severity: 'warning',
    subject: `Milestones of ${orderIds.join(', ')} at ${formatIso8601(at)} were not followed`,
    evidence: {
      order_ids: orderIds.join(', '),
      milestones: rows.length,
      at: formatIso8601(at),
      reason,
      what_to_do:
        'The orders themselves are stored. Estimates, scores, and the stock plan are without these milestones: look for what the reason names in the events of these orders.',
    },
    openedAt: now,
    orderId: null,
    holdId: null,
    logId: null,
  };
}
