import type { AlertView, GroupView } from './alert-view.ts';

/** How a message looks at a glance: the bar beside it, and the mark before its first word. */
export interface Look {
  color: string;
  mark: string;
}

const LOOKS = {
  critical: { color: '#D92D20', mark: '🔴' },
  warning: { color: '#F79009', mark: '🟠' },
  info: { color: '#2E90FA', mark: '🔵' },
  ACK: { color: '#6B77C9', mark: '👀' },
  RETRY_REQUESTED: { color: '#0E9384', mark: '🔄' },
  RESOLVED: { color: '#12B76A', mark: '✅' },
  snoozed: { color: '#98A2B3', mark: '💤' },
} as const satisfies Record<string, Look>;

/** What decides comes first: over, running, silenced, taken, open. */
export function alertLook(view: Pick<AlertView, 'status' | 'severity' | 'snoozedUntil'>): Look {
  if (view.status === 'RESOLVED' || view.status === 'RETRY_REQUESTED') return LOOKS[view.status];
  if (view.snoozedUntil !== null) return LOOKS.snoozed;
  return view.status === 'ACK' ? LOOKS.ACK : LOOKS[view.severity];
}

/** As its most urgent members. */
export function groupLook({ counts, snoozed, severity }: GroupView): Look {
  const waiting = counts.OPEN + counts.ACK;
  if (waiting > 0 && snoozed >= waiting) return LOOKS.snoozed;
  if (counts.OPEN > 0) return LOOKS[severity];
  if (counts.RETRY_REQUESTED > 0) return LOOKS.RETRY_REQUESTED;
  return counts.ACK > 0 ? LOOKS.ACK : LOOKS.RESOLVED;
}

export const MARKS = {
  ACK: LOOKS.ACK.mark,
  UNACK: '↩️',
  RESOLVE: LOOKS.RESOLVED.mark,
  RETRY: LOOKS.RETRY_REQUESTED.mark,
  RETRY_SUCCEEDED: LOOKS.RESOLVED.mark,
  RETRY_FAILED: '❌',
  RETRY_EXPIRED: '⌛',
  SNOOZE: LOOKS.snoozed.mark,
  UNSNOOZE: '🔔',
  SNOOZE_ENDED: '🔔',
  CLOSE: LOOKS.RESOLVED.mark,
  REMIND: '⏰',
  ESCALATE: '📣',
  REPOST: '📌',
  APPROVE: '👍',
  REJECT: '👎',
} as const;
