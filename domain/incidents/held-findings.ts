import type { Finding } from '../detection/finding.ts';
import type { Severity } from '../detection/verdict.ts';
import type { Micros } from '../time/micros.ts';
import type { IncidentStep } from './incident.ts';
import type { HeldFinding } from './incident-memory.ts';
import { NARROWEST, narrowness, placeOf } from './place.ts';
import { isSymptom } from './symptoms.ts';

export function held(finding: Finding): HeldFinding {
  const { findingId, seriesKey, startedAt, endedAt, direction, severity } = finding;
  return { findingId, seriesKey, startedAt, endedAt, direction, severity };
}

/** Brings findings up to date: what is open no more has ended. */
export function updated(findings: readonly HeldFinding[], step: IncidentStep): HeldFinding[] {
  const known = new Map([...(step.ended ?? []), ...step.open].map((one) => [one.findingId, one]));
  return findings.map((before) => {
    const now = known.get(before.findingId);
    if (now !== undefined)
      return { ...before, endedAt: now.endedAt, severity: worse(before.severity, now.severity) };
    return { ...before, endedAt: before.endedAt ?? step.now };
  });
}

/**
 * Those that no incident has yet, the widest places first: what happens in a region is not about one restaurant of it. Symptoms
 * last, when it is known what opens an incident.
 */
export function unassigned(step: IncidentStep, known: ReadonlySet<string>): Finding[] {
  return step.open
    .filter(({ findingId }) => !known.has(findingId))
    .map((finding) => ({ finding, rank: rankOf(finding, step) }))
    .toSorted((a, b) => a.rank - b.rank || compare(a.finding, b.finding))
    .map(({ finding }) => finding);
}

function rankOf(finding: Finding, { restaurants }: IncidentStep): number {
  return (isSymptom(finding) ? NARROWEST : 0) + narrowness(placeOf(finding.seriesKey, restaurants).scope);
}

function compare(a: Finding, b: Finding): number {
  return a.startedAt - b.startedAt || (a.seriesKey < b.seriesKey ? -1 : 1);
}

/** End of the last one; null while one lasts. */
export function endOf(findings: readonly HeldFinding[]): Micros | null {
  let end = 0;
  for (const { endedAt } of findings) {
    if (endedAt === null) return null;
    end = Math.max(end, endedAt);
  }
  return end;
}

export function worstOf(findings: readonly HeldFinding[]): Severity {
  return findings.reduce<Severity>((worst, { severity }) => worse(worst, severity), 'warning');
}

function worse(a: Severity, b: Severity): Severity {
  return a === 'critical' ? a : b;
}
