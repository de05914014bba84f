import type { RecordHeaders } from '../ingest/kafka-record.ts';

/** Names the action for which a rejected record was sent again. */
export const RETRY_HEADER = 'holdfast-retry';

/** A record that says it was sent again. */
export interface RetriedRecord {
  actionId: string;
  offset: number;
  value: Buffer | null;
  /** Why it was rejected again; null: it was accepted. */
  rejection: string | null;
}

/** Anyone can write a header, and what is in it goes into a query. */
const ACTION_ID = /^retry-\d{1,19}-\d{1,10}$/;

/** The action named by the header of a record; null without one. */
export function retryActionOf(headers: RecordHeaders): string | null {
  const header = headers[RETRY_HEADER];
  if (header === undefined || header === null || Array.isArray(header)) return null;
  const actionId = header.toString();
  return ACTION_ID.test(actionId) ? actionId : null;
}
