import type { LateMilestone } from '../../domain/delivery/milestone-times.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/** Leaves word of milestones that event time may have passed already. */
export async function insertLateMilestones(db: Queryable, late: readonly LateMilestone[]): Promise<void> {
  if (late.length === 0) return;
  await db.query({
    name: 'insert_late_milestones',
    text: `INSERT INTO late_milestones (order_id, kind, at, content_hash, replaces)
           SELECT e->>0, e->>1, ${micros('e->2')}, (e->3)::bigint, ${micros('e->>4')}
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT DO NOTHING`,
    values: [JSON.stringify(late.map((l) => [l.orderId, l.kind, l.at, l.contentHash, l.replaces]))],
  });
}
