import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { HOUR } from '../../domain/time/micros.ts';
import type { Texts } from '../texts/texts.ts';
import type { AlertView, MessageSettings } from './alert-view.ts';
import { formatDuration } from './duration.ts';
import { code } from './escape.ts';
import { localMinute } from './local-time.ts';

const ID = 120;

type Evidence = AlertView['evidence'];

/** Members of the evidence as mrkdwn; null where they are not what they should be. */
export function idOf(evidence: Evidence, name: string): string | null {
  const value = evidence[name];
  return typeof value === 'string' && value.trim() !== '' ? code(value, ID) : null;
}

export function numberOf(evidence: Evidence, name: string): number | null {
  const value = evidence[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A count of hours as a duration. */
export function hoursOf(evidence: Evidence, name: string, texts: Texts): string | null {
  const hours = numberOf(evidence, name);
  return hours === null ? null : formatDuration(Math.round(hours * HOUR), texts);
}

/** An ISO 8601 time, to the minute, where the reader is. */
export function timeOf(
  evidence: Evidence,
  name: string,
  { timeZone }: Pick<MessageSettings, 'timeZone'>,
): string | null {
  const value = evidence[name];
  const at = typeof value === 'string' ? parseIso8601(value) : null;
  return at === null ? null : localMinute(at, timeZone);
}

/** A probability in whole percent. */
export function percentOf(evidence: Evidence, name: string): number | null {
  const value = numberOf(evidence, name);
  return value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
}
