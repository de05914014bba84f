import type { Micros } from '../../domain/time/micros.ts';
import type { ThreadLine } from '../messages/thread-entry.ts';
import type { StoredEntry } from '../sql/read-post-entries.ts';

/** Characters of one post in a thread: what is over that goes into another one. */
const ROOM = 2400;
/** A line without its note. */
const LINE = 160;
const LONGEST_NOTE = 1200;

/** Whether an entry is still true. A reminder that waited while somebody acknowledged the alert is not. */
export function isMoot({ action, alert }: StoredEntry): boolean {
  return (action === 'REMIND' || action === 'ESCALATE') && alert.status !== 'OPEN';
}

/** How many entries, from the first, go into one post; what many alerts have in common takes the room of one line. */
export function entriesThatFit(entries: readonly StoredEntry[]): number {
  let room = ROOM;
  let last: StoredEntry | null = null;
  for (const [index, entry] of entries.entries()) {
    if (last === null || !sameDeed(last, entry))
      room -= LINE + Math.min(entry.note?.length ?? 0, LONGEST_NOTE);
    if (room < 0 && index > 0) return index;
    last = entry;
  }
  return entries.length;
}

function sameDeed(a: StoredEntry, b: StoredEntry): boolean {
  return (['action', 'actor', 'actorId', 'source', 'after', 'decision', 'note', 'at'] as const).every(
    (part) => a[part] === b[part],
  );
}

/**
 * Entries as the thread shows them.
 *
 * @param named whether the alerts have to be named: in the thread of a group
 */
export function threadLines(entries: readonly StoredEntry[], named: boolean, now: Micros): ThreadLine[] {
  return entries.map((entry) => ({
    at: entry.at,
    action: entry.action === 'UNSNOOZE' && entry.source === 'auto' ? 'SNOOZE_ENDED' : entry.action,
    actor: entry.actor ?? '',
    actorId: entry.actorId,
    source: entry.source,
    before: entry.before,
    after: entry.after,
    decision: entry.decision,
    note: entry.note,
    until: entry.action === 'SNOOZE' ? untilOf(entry, now) : null,
    alertIds: [entry.alertId],
    subjects: named && entry.action !== 'REPOST' ? [entry.alert.orderId ?? entry.alert.subject] : [],
  }));
}

function untilOf({ alert }: StoredEntry, now: Micros): Micros | null {
  return alert.snoozedUntil !== null && alert.snoozedUntil > now ? alert.snoozedUntil : null;
}
