import { z } from 'zod';
import { CAUSES } from '../../domain/causes/cause.ts';
import { count, iso, isoOrNull, share, time } from './answers.ts';
import type { FindingRow } from './sql/findings-of-incident.ts';
import type { IncidentRow } from './sql/incidents.ts';

const severity = z.enum(['warning', 'critical']);

/** What a list says of an incident. */
export const incidentMembers = {
  incident_id: z.string(),
  opened_at: time.describe('Event time: start of its first finding.'),
  closed_at: time.nullable().describe('Event time: end of its last finding; null: one lasts.'),
  updated_at: time.describe('Event time of the last change.'),
  severity,
  region: z.string().nullable().describe('Null: not bounded to one.'),
  restaurant: z.string().nullable(),
  method: z.string().nullable().describe('Of payment.'),
  cause: z
    .enum(CAUSES)
    .nullable()
    .describe('UNKNOWN: nothing that was looked at explains it; null: still being looked into.'),
  probability: share.nullable().describe('Of the cause.'),
  finding_count: count,
  action_count: count,
  alert_id: z.int().nullable().describe('Of the alert that tells of it.'),
};

export function incidentJson(row: IncidentRow) {
  return {
    incident_id: row.incident_id,
    opened_at: iso(row.opened_at),
    closed_at: isoOrNull(row.closed_at),
    updated_at: iso(row.updated_at),
    severity: row.severity,
    region: row.scope.region ?? null,
    restaurant: row.scope.restaurant ?? null,
    method: row.scope.method ?? null,
    cause: row.cause,
    probability: row.causes.find(({ cause }) => cause === row.cause)?.probability ?? null,
    finding_count: row.findings.length,
    action_count: row.actions,
    alert_id: row.alert_id,
  };
}

export const causeAnswer = z.object({
  cause: z.enum(CAUSES),
  probability: share,
  evidence: z
    .array(
      z.object({
        kind: z.string().describe('SERIES, REASONS, SOURCE, PROBE or PLACES.'),
        subject: z.string(),
        observed: z.number(),
        expected: z.number(),
        unit: z.string(),
        weight: z.number().describe('How much it speaks for the cause, in natural logarithms of odds.'),
        text: z.string(),
      }),
    )
    .describe('What speaks for it most, first.'),
});

export const findingAnswer = z.object({
  finding_id: z.string(),
  series_key: z.string().describe('metric|dimension=value'),
  started_at: time,
  noticed_at: time,
  ended_at: time.nullable(),
  direction: z.enum(['UP', 'DOWN']),
  severity,
  observed: z
    .number()
    .nullable()
    .describe('At its peak, in the unit of the series; expected, low and high likewise.'),
  expected: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  deviation: z.number().describe('In standard deviations, at its peak.'),
  score: share.describe('At its peak; 0.5 is the edge of what is anomalous.'),
  effect: z
    .number()
    .nullable()
    .describe(
      'Over all of it, observed against expected: -0.6 is 60 % less. Null where nothing was expected.',
    ),
  steps: count,
});

export function findingJson(row: FindingRow): z.input<typeof findingAnswer> {
  return {
    finding_id: row.finding_id,
    series_key: row.series_key,
    started_at: iso(row.at),
    noticed_at: iso(row.noticed_at),
    ended_at: isoOrNull(row.ended_at),
    direction: row.direction,
    severity: row.severity,
    observed: row.observed,
    expected: row.expected,
    low: row.band_low,
    high: row.band_high,
    deviation: row.deviation,
    score: row.score,
    effect: row.expected_sum === 0 ? null : row.observed_sum / row.expected_sum - 1,
    steps: row.steps,
  };
}
