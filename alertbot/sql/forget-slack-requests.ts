import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** Forgets the signatures of requests from before that time; none of them would be accepted any more. */
export async function forgetSlackRequests(db: Queryable, before: Micros): Promise<void> {
  await db.query({
    name: 'forget_slack_requests',
    text: 'DELETE FROM slack_requests WHERE received_at < $1',
    values: [formatIso8601(before)],
  });
}
