import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

export type ActionDecision = 'APPROVE' | 'REJECT';

/** What somebody decides on a proposed action. */
export interface DecideRequest {
  actionId: string;
  decision: ActionDecision;
  /** Display name. */
  actor: string;
  /** Slack user id; null for the API. */
  actorId: string | null;
  source: 'slack' | 'api';
  note?: string | null;
  /** The same request again is told that it was done, and does nothing. */
  idempotencyKey?: string | null;
  /** Signature of the Slack request: the second of the same signature is a replay. */
  requestSignature?: string | null;
}

/** What became of it: `lost` when somebody was first, `expired` when it was too late. */
export interface DecidedAction {
  outcome: 'done' | 'repeated' | 'lost' | 'expired' | 'unknown';
  /** Null when there is no such action. */
  action: string | null;
  target: string | null;
  status: string | null;
  decidedBy: string | null;
  decidedById: string | null;
  /** Clock time. */
  decidedAt: Micros | null;
}

interface Row {
  outcome: DecidedAction['outcome'] | 'replayed';
  action: string | null;
  target: string | null;
  status: string | null;
  decided_by: string | null;
  decided_by_id: string | null;
  decided_clock: Micros | null;
}

/**
 * Approves or rejects a proposed action, with its audit: one statement.
 *
 * @returns null for a replayed request
 */
export async function decideAction(
  db: Queryable,
  request: DecideRequest,
  now: Micros,
  timeoutMs?: number,
): Promise<DecidedAction[] | null> {
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'decide_action',
    text: 'SELECT * FROM decide_action($1)',
    values: [
      JSON.stringify({
        action_id: request.actionId,
        decision: request.decision,
        actor: request.actor,
        actor_id: request.actorId,
        source: request.source,
        note: request.note ?? null,
        idempotency_key: request.idempotencyKey ?? null,
        request_signature: request.requestSignature ?? null,
        now: formatIso8601(now),
      }),
    ],
    ...(timeoutMs === undefined ? {} : { query_timeout: timeoutMs }),
  });
  return rows.some(({ outcome }) => outcome === 'replayed') ? null : rows.map(decidedOf);
}

function decidedOf(row: Row): DecidedAction {
  return {
    outcome: row.outcome as DecidedAction['outcome'],
    action: row.action,
    target: row.target,
    status: row.status,
    decidedBy: row.decided_by,
    decidedById: row.decided_by_id,
    decidedAt: row.decided_clock,
  };
}
