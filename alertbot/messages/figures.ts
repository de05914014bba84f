import { SECOND } from '../../domain/time/micros.ts';
import type { Texts } from '../texts/texts.ts';
import { formatDuration } from './duration.ts';
import { code, inline } from './escape.ts';

const NAME = 80;

/** What a value of this metric is, in words: 25 min, 12.5 %, 340 ms, 41. */
export function figure(metric: string, value: number, texts: Texts): string {
  if (!Number.isFinite(value)) return '?';
  if (metric.endsWith('_rate')) return texts.incidents.percent(String(rounded(value * 100)));
  if (metric.endsWith('_seconds') && value >= 0) return formatDuration(Math.round(value * SECOND), texts);
  if (metric.endsWith('_ms')) return texts.incidents.milliseconds(String(Math.round(value)));
  return String(rounded(value));
}

/** The same of a difference, with its sign. */
export function signedFigure(metric: string, value: number, texts: Texts): string {
  return `${value < 0 ? '−' : '+'}${figure(metric, Math.abs(value), texts)}`;
}

/** The metric of a series key; all of a text that is none. */
export function metricOf(seriesKey: string): string {
  return seriesKey.split('|', 1)[0] ?? seriesKey;
}

/** Whose a series is; null: everybody's. */
export function placeOf(seriesKey: string): string | null {
  const value = /^[^|]*\|[^=]*=(.*)$/su.exec(seriesKey)?.[1];
  return value === undefined || value === 'all' ? null : inline(value, NAME);
}

/** A name in the reader's words; as code where there are none. */
export function wordsOf(known: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(known, name) ? (known[name] ?? '') : code(name, NAME);
}

function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
}
