import { checkEventTime } from '../records/event-time.ts';
import { identifier, required, time } from '../records/typed-members.ts';
import type { Micros } from '../time/micros.ts';

/** Somebody asks to have something done again. What exactly is in the table `actions`, which is what counts. */
export interface Command {
  actionId: string;
  requestedAt: Micros;
}

/**
 * Reads the members of one record of topic `actions`. Null for what is not the processor's: results, and commands it
 * does not know.
 *
 * @throws {Rejection} SCHEMA_MISSING or SCHEMA_INVALID for a command that is incomplete
 */
export function decodeCommand(members: Record<string, unknown>, now: Micros): Command | null {
  const type = required(identifier(members, 'type'), 'type');
  const action = identifier(members, 'action');
  if (type !== 'command' || (action !== 'RETRY_HOLD' && action !== 'RETRY_RECORD')) return null;
  return {
    actionId: required(identifier(members, 'action_id'), 'action_id'),
    requestedAt: checkEventTime(required(time(members, 'requested_at'), 'requested_at'), 'requested_at', now),
  };
}
