import type { Texts } from '../texts/texts.ts';
import { type AlertView, type MessageSettings, UNTIL_FIXED } from './alert-view.ts';
import { formatDuration } from './duration.ts';
import { localMinute } from './local-time.ts';
import { MARKS } from './look.ts';
import { person } from './people.ts';

/** Who brought the alert where it is, and when; one line each, none for an alert that nobody has touched. */
export function stateLines(view: AlertView, settings: MessageSettings, texts: Texts): string[] {
  const who = person(view.operator, view.operatorId, texts);
  const time = localMinute(view.statusSince, settings.timeZone);
  return [statusLine(view, who, time, texts), snoozeLine(view, settings, texts)].filter(
    (line) => line !== null,
  );
}

function statusLine(view: AlertView, who: string | null, time: string, texts: Texts): string | null {
  switch (view.status) {
    case 'ACK':
      return `${MARKS.ACK} ${texts.states.acknowledged(who, time)}`;
    case 'RETRY_REQUESTED':
      return `${MARKS.RETRY} ${texts.states.retrying(who, time)}`;
    case 'RESOLVED': {
      const took = formatDuration(view.statusSince - view.openedAt, texts);
      return `${MARKS.RESOLVE} ${texts.states.resolved(who, time, took)}`;
    }
    case 'OPEN':
      // Also after a snooze, which leaves the status; then the thread tells who.
      return who === null || view.snoozedUntil !== null
        ? null
        : `${MARKS.UNACK} ${texts.states.reopened(who, time)}`;
  }
}

function snoozeLine(view: AlertView, { timeZone }: MessageSettings, texts: Texts): string | null {
  if (view.snoozedUntil === null || view.status === 'RESOLVED') return null;
  const words =
    view.snoozedUntil >= UNTIL_FIXED
      ? texts.states.snoozedUntilFixed
      : texts.states.snoozedUntil(localMinute(view.snoozedUntil, timeZone));
  return `${MARKS.SNOOZE} ${words}`;
}
