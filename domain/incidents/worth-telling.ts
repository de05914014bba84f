import type { Incident, IncidentChangeKind } from './incident.ts';

/** A probability that moved by less is not told again. */
const TOLD_FROM = 0.1;

/** How an incident changed, or null when nobody needs to know. */
export function changeOf(before: Incident | undefined, now: Incident): IncidentChangeKind | null {
  if (before === undefined) return 'OPENED';
  if (now.closedAt !== null) return 'CLOSED';
  const isSame =
    before.findings.length === now.findings.length &&
    before.severity === now.severity &&
    before.settledCause === now.settledCause &&
    JSON.stringify(before.scope) === JSON.stringify(now.scope) &&
    before.causes[0]?.cause === now.causes[0]?.cause &&
    Math.abs((before.causes[0]?.probability ?? 0) - (now.causes[0]?.probability ?? 0)) < TOLD_FROM;
  return isSame ? null : 'CHANGED';
}
