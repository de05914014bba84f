import { CAUSES, type Cause } from '../../domain/causes/cause.ts';
import { parseSeriesKey } from '../../domain/series/series-key.ts';
import { DAY, MINUTE, type Micros } from '../../domain/time/micros.ts';
import { causeOf, INCIDENT_KINDS, type IncidentKind } from '../../simulator/platform/incidents/incident.ts';
import type { Judged, Matched } from './match.ts';

/** How well incidents of one kind were found. */
export interface KindScore {
  kind: IncidentKind;
  injected: number;
  detected: number;
  /** Null: none was detected. */
  medianDelayMinutes: number | null;
  /** Of those detected, with the right cause in the first place. */
  causeRight: number;
}

export interface Scores {
  injected: number;
  detected: number;
  recall: number | null;
  /** Of the incidents that were found, the part that was injected; null: none was found. */
  precision: number | null;
  trueIncidents: number;
  falseIncidents: number;
  medianDelayMinutes: number | null;
  /** Top 1, of those detected. */
  causeAccuracy: number | null;
  /** Mean F1 over the causes that were injected, those not detected counted as wrong. */
  macroF1: number | null;
  falseFindings: number;
  seriesWeeks: number;
  falsePerSeriesWeek: number;
  kinds: readonly KindScore[];
  /** By true cause, how often which cause was named; `-`: not detected. */
  confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** False findings by metric and dimension. */
  falseBySeries: Readonly<Record<string, number>>;
}

const WEEK = 7 * DAY;

/** @param watched how many series, and for how long */
export function score(matched: Matched, watched: { series: number; duration: Micros }): Scores {
  const { judged, trueIncidents, falseIncidents, falseFindings } = matched;
  const detected = judged.filter(({ delay }) => delay !== null);
  const found = trueIncidents.length + falseIncidents.length;
  const seriesWeeks = (watched.series * watched.duration) / WEEK;
  return {
    injected: judged.length,
    detected: detected.length,
    recall: judged.length === 0 ? null : detected.length / judged.length,
    precision: found === 0 ? null : trueIncidents.length / found,
    trueIncidents: trueIncidents.length,
    falseIncidents: falseIncidents.length,
    medianDelayMinutes: medianDelay(detected),
    causeAccuracy: detected.length === 0 ? null : detected.filter(isCauseRight).length / detected.length,
    macroF1: macroF1(judged),
    falseFindings: falseFindings.length,
    seriesWeeks,
    falsePerSeriesWeek: falseFindings.length / seriesWeeks,
    kinds: INCIDENT_KINDS.map((kind) => kindScore(kind, judged)).filter(({ injected }) => injected > 0),
    confusion: confusion(judged),
    falseBySeries: countBy(falseFindings, ({ seriesKey }) => {
      const { metric, dimension } = parseSeriesKey(seriesKey);
      return `${metric} by ${dimension}`;
    }),
  };
}

export function namedCause({ incident }: Judged): Cause | null {
  return incident === null ? null : (incident.settledCause ?? incident.causes[0]?.cause ?? 'UNKNOWN');
}

function isCauseRight(judged: Judged): boolean {
  return namedCause(judged) === causeOf(judged.truth);
}

function kindScore(kind: IncidentKind, all: readonly Judged[]): KindScore {
  const its = all.filter(({ truth }) => truth.kind === kind);
  const detected = its.filter(({ delay }) => delay !== null);
  return {
    kind,
    injected: its.length,
    detected: detected.length,
    medianDelayMinutes: medianDelay(detected),
    causeRight: detected.filter(isCauseRight).length,
  };
}

function medianDelay(judged: readonly Judged[]): number | null {
  const delays = judged.map(({ delay }) => (delay ?? 0) / MINUTE).sort((a, b) => a - b);
  const middle = delays.length >> 1;
  if (delays.length === 0) return null;
  const upper = delays[middle] as number;
  return delays.length % 2 === 1 ? upper : ((delays[middle - 1] as number) + upper) / 2;
}

function macroF1(judged: readonly Judged[]): number | null {
  const scores = CAUSES.flatMap((cause) => {
    const isIts = (one: Judged) => causeOf(one.truth) === cause;
    if (!judged.some(isIts)) return [];
    const right = judged.filter((one) => isIts(one) && namedCause(one) === cause).length;
    const wrong = judged.filter((one) => isIts(one) !== (namedCause(one) === cause)).length;
    return [(2 * right) / (2 * right + wrong)];
  });
  return scores.length === 0 ? null : scores.reduce((sum, one) => sum + one, 0) / scores.length;
}

function confusion(judged: readonly Judged[]): Record<string, Record<string, number>> {
  const rows: Record<string, Record<string, number>> = {};
  for (const cause of CAUSES) {
    const its = judged.filter(({ truth }) => causeOf(truth) === cause);
    if (its.length > 0) rows[cause] = countBy(its, (one) => namedCause(one) ?? '-');
  }
  return rows;
}

function countBy<T>(items: readonly T[], nameOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[nameOf(item)] = (counts[nameOf(item)] ?? 0) + 1;
  return counts;
}
