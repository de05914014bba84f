import { type HoldReason, REASONS_BY_PRIORITY } from '../holds/reasons.ts';
import { contentHash } from '../order/content-hash.ts';
import { type OrderEvent, type OrderFields, withoutFields } from '../order/event.ts';
import type { OrderStatus } from '../order/status.ts';
import { checkEventTime } from '../records/event-time.ts';
import { Rejection } from '../records/rejection.ts';
import { identifier, pieces, required, text, time } from '../records/typed-members.ts';
import type { Micros } from '../time/micros.ts';
import { DECISION_SOURCES, type DecisionSource, type HoldDecision } from './hold-decision.ts';

const NO_FIELDS: OrderFields = withoutFields();

/**
 * Reads the members of one record of topic `holds`. Null for what asks nothing of the processor: that a hold was opened,
 * or that another system cleared its own.
 *
 * @throws {Rejection} SCHEMA_MISSING or SCHEMA_INVALID for a decision that is incomplete
 */
export function decodeDecision(members: Record<string, unknown>, now: Micros): HoldDecision | null {
  const eventType = required(identifier(members, 'event_type'), 'event_type');
  const decidedBy = text(members, 'decided_by');
  if (decidedBy === null || (eventType !== 'HOLD_CLEARED' && eventType !== 'CANCELED')) return null;
  return {
    event: decisionEvent(members, eventType, now),
    reason: reasonOf(members),
    episode: required(pieces(members, 'episode'), 'episode'),
    status: eventType === 'CANCELED' ? 'CANCELED' : 'CLEARED',
    openedAt: checkEventTime(required(time(members, 'opened_at'), 'opened_at'), 'opened_at', now),
    evidence: evidenceOf(members),
    decidedBy,
    source: sourceOf(members),
    note: text(members, 'note'),
  };
}

/** An event without a hold signal: it must not be taken for the other system's HOLD_CLEARED. */
function decisionEvent(
  members: Record<string, unknown>,
  eventType: 'HOLD_CLEARED' | 'CANCELED',
  now: Micros,
): OrderEvent {
  const status: OrderStatus | null = eventType === 'CANCELED' ? 'CANCELED' : null;
  const content = {
    orderId: required(identifier(members, 'order_id'), 'order_id'),
    eventType,
    occurredAt: checkEventTime(required(time(members, 'occurred_at'), 'occurred_at'), 'occurred_at', now),
    // Names hold and order, so it is longer than other ids may be; it is no key of anything.
    eventId: required(text(members, 'event_id'), 'event_id'),
    fields: NO_FIELDS,
  };
  return {
    ...content,
    known: true,
    status,
    holdSignal: null,
    reasonCode: null,
    producedAt: null,
    contentHash: contentHash({ ...content, currentStatus: status, currentStage: null, reasonCode: null }),
  };
}

function reasonOf(members: Record<string, unknown>): HoldReason {
  const given = required(identifier(members, 'reason_code'), 'reason_code');
  const reason = REASONS_BY_PRIORITY.find((one) => one === given);
  if (reason === undefined)
    throw new Rejection('SCHEMA_INVALID', `reason_code must be one of ${REASONS_BY_PRIORITY.join(', ')}`);
  return reason;
}

function sourceOf(members: Record<string, unknown>): DecisionSource {
  const given = required(identifier(members, 'source'), 'source');
  const source = DECISION_SOURCES.find((one) => one === given);
  if (source === undefined)
    throw new Rejection('SCHEMA_INVALID', `source must be one of ${DECISION_SOURCES.join(', ')}`);
  return source;
}

function evidenceOf(members: Record<string, unknown>): Record<string, unknown> {
  const { evidence } = members;
  if (evidence === undefined || evidence === null) return {};
  if (typeof evidence !== 'object' || Array.isArray(evidence))
    throw new Rejection('SCHEMA_INVALID', 'evidence must be an object');
  return evidence as Record<string, unknown>;
}
