import { parseIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { eventTime } from '../sql/event-time.ts';

/** The moment a question is about: the one it names, else how far event time has come; null: it has not begun. */
export async function momentAskedFor(db: Queryable, asOf: string | undefined): Promise<Micros | null> {
  return asOf === undefined ? eventTime(db) : parseIso8601(asOf);
}
