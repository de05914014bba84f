import type { Finding } from '../../../domain/detection/finding.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

/**
 * Ends findings whose series has been forgotten, or is learnt anew after a change of version or settings: nobody would say
 * any more that they are over.
 *
 * @param open those that last
 */
export async function endLostFindings(db: Queryable, open: readonly Finding[], at: Micros): Promise<void> {
  await db.query({
    name: 'end_lost_findings',
    text: `UPDATE anomalies SET ended_at = greatest(at, ${micros('$2::text')}), updated_at = ${micros('$2::text')}
           WHERE ended_at IS NULL AND finding_id IS NOT NULL AND finding_id <> ALL($1::text[])`,
    values: [open.map(({ findingId }) => findingId), at],
  });
}
