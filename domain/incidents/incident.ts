import type { Cause, RankedCause } from '../causes/cause.ts';
import type { SourceReading } from '../causes/source-reading.ts';
import type { Finding } from '../detection/finding.ts';
import type { Severity, Verdict } from '../detection/verdict.ts';
import type { Micros } from '../time/micros.ts';

/** What an incident is about, as narrow as its findings and causes allow. Empty: the whole platform. */
export interface IncidentScope {
  region?: string;
  restaurant?: string;
  method?: string;
  rider?: string;
}

/** Findings that belong together by place and time. */
export interface Incident {
  /** Deterministic, from its first finding. */
  incidentId: string;
  /** Start of its first finding. */
  openedAt: Micros;
  /** End of its last finding. Null while one lasts. */
  closedAt: Micros | null;
  /** End of the step that changed it last. */
  updatedAt: Micros;
  scope: IncidentScope;
  /** Ids of its findings, in the order in which they came. */
  findings: readonly string[];
  /** Series of these findings. */
  seriesKeys: readonly string[];
  /** Ranked, the most probable first, UNKNOWN among them. */
  causes: readonly RankedCause[];
  /**
   * The cause that is acted on: named once it is probable enough, or once time to find out is over (then the most
   * probable, which may be UNKNOWN). Null: still being looked into. A named cause changes only for a much more probable one.
   */
  settledCause: Cause | null;
  severity: Severity;
}

export type IncidentChangeKind = 'OPENED' | 'CHANGED' | 'CLOSED';

export interface IncidentChange {
  kind: IncidentChangeKind;
  incident: Incident;
}

/** Refusals of one step that gave one reason. */
export interface RefusalCount {
  restaurant: string;
  region: string;
  /** INGREDIENTS_OUT, STAFF_SHORT, SYSTEM_ERROR, OTHER. */
  reason: string;
  count: number;
}

/** What is known of one step when its findings are sorted into incidents. */
export interface IncidentStep {
  /** Start of the step. */
  from: Micros;
  /** End of the step. */
  now: Micros;
  /** All findings that last at `now`. One that is missing here, and was here before, is over. */
  open: readonly Finding[];
  /** Findings that ended in this step, for the moment of their end. May be left out: then `now` is taken. */
  ended?: readonly Finding[];
  /** The verdict on this step of a series; undefined where the series has none. */
  deviations(seriesKey: string): Verdict | undefined;
  /** Region by restaurant, as far as known. */
  restaurants: ReadonlyMap<string, string>;
  /** All payment methods that have series. */
  methods: readonly string[];
  /** All refusals of this step, by restaurant and reason. */
  refusals: readonly RefusalCount[];
  /** What was read of outside sources and may say something of this step: the latest of each source and subject. */
  readings: readonly SourceReading[];
}
