import type { Finding } from '../../domain/detection/finding.ts';
import type { Incident } from '../../domain/incidents/incident.ts';
import { parseSeriesKey } from '../../domain/series/series-key.ts';
import { HOUR, type Micros } from '../../domain/time/micros.ts';
import type { InjectedIncident } from '../../simulator/platform/incidents/incident.ts';
import { type Found, STEP } from './offline-run.ts';

/** What comes so long after the end of an incident may still be of it: queues that have to be worked off. */
export const AFTERMATH: Micros = HOUR;

/** An incident that was injected, and what was found of it. */
export interface Judged {
  truth: Readonly<InjectedIncident>;
  /** From its beginning to the end of the step in which it was noticed; null: it was not. */
  delay: Micros | null;
  /** The incident that has most of the findings of it. */
  incident: Incident | null;
  /** Keys of the series whose findings are of it. */
  series: readonly string[];
}

export interface Matched {
  judged: readonly Judged[];
  /** Incidents found without anything to find. */
  falseIncidents: readonly Incident[];
  trueIncidents: readonly Incident[];
  /** Findings that are of no injected incident. */
  falseFindings: readonly Finding[];
}

/**
 * Compares what was found with the ground truth. A finding is of an incident when it was noticed between its beginning
 * and an hour after its end, in its district; of payments: of their method, or of what is canceled or paid back anywhere.
 * What was found before `from` does not count.
 */
export function match(
  { findings, incidents }: Found,
  truths: readonly Readonly<InjectedIncident>[],
  places: { regionOf: ReadonlyMap<string, string>; from: Micros },
): Matched {
  const { regionOf, from } = places;
  const truthsOf = new Map<string, readonly Readonly<InjectedIncident>[]>();
  const counted = [...findings.values()].filter(({ noticedAt }) => noticedAt >= from);
  for (const finding of counted) {
    const its = truths.filter((truth) => isOf(finding, truth, regionOf));
    truthsOf.set(finding.findingId, its);
  }
  const owned = [...incidents.values()].filter((incident) =>
    incident.findings.some((id) => truthsOf.has(id)),
  );
  const isTrue = (incident: Incident) => incident.findings.some((id) => (truthsOf.get(id)?.length ?? 0) > 0);
  return {
    judged: truths.map((truth) => judge(truth, counted, truthsOf, owned)),
    trueIncidents: owned.filter(isTrue),
    falseIncidents: owned.filter((incident) => !isTrue(incident)),
    falseFindings: counted.filter(({ findingId }) => truthsOf.get(findingId)?.length === 0),
  };
}

function judge(
  truth: Readonly<InjectedIncident>,
  findings: readonly Finding[],
  truthsOf: ReadonlyMap<string, readonly Readonly<InjectedIncident>[]>,
  incidents: readonly Incident[],
): Judged {
  const its = findings.filter(({ findingId }) => truthsOf.get(findingId)?.includes(truth));
  const ids = new Set(its.map(({ findingId }) => findingId));
  let best: { incident: Incident; share: number } | null = null;
  for (const incident of incidents) {
    const share = incident.findings.filter((id) => ids.has(id)).length;
    if (share > (best?.share ?? 0)) best = { incident, share };
  }
  const noticed = Math.min(...its.map(({ noticedAt }) => noticedAt + STEP));
  return {
    truth,
    delay: best === null ? null : noticed - truth.from,
    incident: best?.incident ?? null,
    series: [...new Set(its.map(({ seriesKey }) => seriesKey))],
  };
}

function isOf(
  { seriesKey, noticedAt }: Finding,
  { from, to, region, method }: Readonly<InjectedIncident>,
  regionOf: ReadonlyMap<string, string>,
): boolean {
  // The step begins before the incident that begins within it.
  if (noticedAt + STEP <= from || noticedAt >= to + AFTERMATH) return false;
  const { metric, dimension, value } = parseSeriesKey(seriesKey);
  // Of payments are their method and, everywhere, what is canceled: not whatever else happens in any district.
  if (method !== null)
    return dimension === 'method' ? value === method : metric === 'cancel_rate' || dimension === 'all';
  switch (dimension) {
    case 'all':
      return true;
    case 'method':
      return false;
    case 'region':
      return region === null || region === value;
    default:
      return region === null || region === regionOf.get(value);
  }
}
