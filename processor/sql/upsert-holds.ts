import type { HoldReason } from '../../domain/holds/reasons.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/** What a rule asks for. */
export interface HoldRequest {
  orderId: string;
  reason: HoldReason;
  /** 1 unless told: what a rule finds in the data it finds again and again, and a decision on it must stick. */
  episode?: number;
  openedAt: Micros;
  evidence: Readonly<Record<string, unknown>>;
}

/** A hold that was opened, or whose beginning or evidence changed. */
export interface WrittenHold extends HoldRequest {
  holdId: number;
  episode: number;
  isNew: boolean;
}

export interface HoldRow {
  hold_id: number;
  order_id: string;
  reason_code: HoldReason;
  episode: number;
  opened_at: Micros;
  evidence: Record<string, unknown>;
  is_new: boolean;
}

export const HOLD_COLUMNS = `hold_id, order_id, reason_code, episode, opened_at, evidence, (xmax = 0) AS is_new`;

export function writtenHold(row: HoldRow): WrittenHold {
  return {
    holdId: row.hold_id,
    orderId: row.order_id,
    reason: row.reason_code,
    episode: row.episode,
    openedAt: row.opened_at,
    evidence: row.evidence,
    isNew: row.is_new,
  };
}

/** Names the trigger of a hold, for breaking ties between triggers at the same time as `compareTriggers` does. */
function trigger(row: string): string {
  const part = (name: string) => `(coalesce(${row}.evidence->>'${name}', '') COLLATE "C")`;
  return `(${part('trigger_order_id')}, ${part('product_id')}, ${part('user_id')})`;
}

/**
 * Opens holds. One that exists is never touched in its status, whatever an operator made of it; only an earlier
 * beginning, and the evidence that goes with it, is taken over.
 *
 * @returns those that are new or changed
 */
export async function upsertHolds(db: Queryable, requests: readonly HoldRequest[]): Promise<WrittenHold[]> {
  if (requests.length === 0) return [];
  const { rows } = await db.query<HoldRow>({
    name: 'upsert_holds',
    text: `INSERT INTO holds (order_id, reason_code, episode, opened_at, evidence)
           SELECT e->>0, e->>1, (e->4)::integer, ${micros('e->2')}, e->3 FROM jsonb_array_elements($1::jsonb) AS e
           ORDER BY 1, 2
           ON CONFLICT (order_id, reason_code, episode) DO UPDATE
             SET opened_at = excluded.opened_at, evidence = excluded.evidence
             WHERE excluded.opened_at < holds.opened_at
                OR (excluded.opened_at = holds.opened_at
                    AND ${trigger('excluded')} <= ${trigger('holds')}
                    AND excluded.evidence IS DISTINCT FROM holds.evidence)
           RETURNING ${HOLD_COLUMNS}`,
    values: [
      JSON.stringify(requests.map((r) => [r.orderId, r.reason, r.openedAt, r.evidence, r.episode ?? 1])),
    ],
  });
  return rows.map(writtenHold);
}
