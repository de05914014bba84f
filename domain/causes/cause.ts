/** What can be behind an incident. UNKNOWN is an answer: nothing that was looked at explains it. */
export const CAUSES = [
  'RIDERS_SHORT',
  'RESTAURANT_OUTAGE',
  'REFUSALS_INGREDIENTS',
  'REFUSALS_STAFF',
  'REFUSALS_SYSTEM',
  'REFUSALS_OTHER',
  'PAYMENT_METHOD',
  'WEATHER',
  'TRAFFIC',
  'PREPARATION',
  'ROUTING',
  'DEMAND_SURGE',
  'UNKNOWN',
] as const;

export type Cause = (typeof CAUSES)[number];

/** What a figure of an evidence is measured in. */
export type EvidenceUnit = 'count' | 'share' | 'seconds' | 'milliseconds' | 'value' | 'ratio' | 'level';

/** One thing that was looked at, with figures that somebody can check. */
export interface Evidence {
  /**
   * - `SERIES`: a series, compared with what was expected of it.
   * - `REASONS`: how many of the refusals give one reason.
   * - `SOURCE`: what weather or traffic was read as.
   * - `PROBE`: whether a service answered.
   * - `PLACES`: how many of the restaurants there show it.
   */
  kind: 'SERIES' | 'REASONS' | 'SOURCE' | 'PROBE' | 'PLACES';
  /** The series key, the reason, `weather`, `traffic`, the name of the service; PLACES: `restaurants`. */
  subject: string;
  /** What was seen. REASONS and PLACES: a part; SOURCE: the value of the reading; PROBE: 1 answers, 0 does not. */
  observed: number;
  /** What was expected of SERIES; the whole of REASONS and PLACES; SOURCE and PROBE: what is ordinary. */
  expected: number;
  unit: EvidenceUnit;
  /** How much it speaks for the cause, in natural logarithms of odds; below 0: against it. */
  weight: number;
  /** The same in one English sentence, without personal data. */
  text: string;
}

export interface RankedCause {
  cause: Cause;
  /** 0..1; those of one incident add up to 1, with those that are too improbable to be named. */
  probability: number;
  /** What speaks for it most, first; then what speaks against it. */
  evidence: readonly Evidence[];
}
