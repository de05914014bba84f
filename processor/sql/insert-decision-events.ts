import type { HoldDecision } from '../../domain/decisions/hold-decision.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { AcceptedRecord, BatchPlace } from '../topics/topic-handler.ts';
import { micros } from './micros.ts';

/**
 * Adds decisions to the events, with who decided and why, as far as they are not known yet.
 *
 * @returns the event ids of those that are new
 */
export async function insertDecisionEvents(
  db: Queryable,
  place: BatchPlace,
  decisions: readonly AcceptedRecord<HoldDecision>[],
): Promise<Set<string>> {
  const rows = decisions.map(({ event: { event, note, decidedBy }, record }) => [
    event.orderId,
    event.occurredAt,
    event.contentHash,
    event.eventId,
    event.eventType,
    event.status,
    note,
    decidedBy,
    record.offset,
    record.timestamp,
    record.traceId,
  ]);
  const added = await db.query<{ event_id: string }>({
    name: 'insert_decision_events',
    text: `INSERT INTO events (order_id, occurred_at, content_hash, event_id, event_type, current_status, ops_status,
                               ops_note, ops_operator, ops_updated_at, topic, partition, kafka_offset, kafka_timestamp,
                               trace_id)
           SELECT e->>0, ${micros('e->1')}, (e->2)::bigint, e->>3, e->>4, e->>5, 'RESOLVED',
                  e->>6, e->>7, ${micros('e->1')}, $2, $3, (e->8)::bigint, ${micros('e->9')}, e->>10
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT DO NOTHING
           RETURNING event_id`,
    values: [JSON.stringify(rows), place.topic, place.partition],
  });
  return new Set(added.rows.map((row) => row.event_id));
}
