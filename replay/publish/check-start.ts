import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { ReadBack } from './read-back.ts';

/** The replay must not begin here; the message says why and what to do. */
export class RefusedStart extends Error {
  override readonly name = 'RefusedStart';
}

const FRESH =
  'Use a fresh database and topics: "npm start -- --reset" makes the embedded ones anew; with your own, set DATABASE_URL to a new database and KAFKA_TOPIC_PREFIX to a new prefix, and start the processor with them.';

/**
 * Lets a run begin where time has not passed it, and one go on that left its records.
 *
 * @param eventTime how far event time has come in the database; null: nothing has been followed yet
 * @param start when the replay begins; null: it has no events
 * @throws {RefusedStart}
 */
export function checkStart(
  { point, otherRun }: ReadBack,
  eventTime: Micros | null,
  start: Micros | null,
): void {
  if (point.furthest > 0) return;
  if (otherRun !== null) {
    throw new RefusedStart(
      `The topics hold another replay (run ${otherRun}): of other files, or with another --from, --format or --utc-offset. Start that one again to go on with it. ${FRESH}`,
    );
  }
  if (eventTime !== null && start !== null && eventTime > start) {
    throw new RefusedStart(
      `Event time in the database has come to ${formatIso8601(eventTime)} already, and this replay begins at ${formatIso8601(start)}: what is followed by event time would take all of it for late. ${FRESH}`,
    );
  }
}
