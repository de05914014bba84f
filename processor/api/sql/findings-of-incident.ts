import type { Direction } from '../../../domain/detection/finding.ts';
import type { Severity } from '../../../domain/detection/verdict.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

export interface FindingRow {
  finding_id: string;
  series_key: string;
  at: Micros;
  noticed_at: Micros;
  ended_at: Micros | null;
  direction: Direction;
  severity: Severity;
  /** These six at its peak. */
  observed: number | null;
  expected: number | null;
  band_low: number | null;
  band_high: number | null;
  deviation: number;
  score: number;
  /** Over all of it. */
  observed_sum: number;
  expected_sum: number;
  steps: number;
}

/** In the order in which they began. */
export async function findingsOfIncident(db: Queryable, incidentId: string): Promise<FindingRow[]> {
  const { rows } = await db.query<FindingRow & Record<string, unknown>>({
    name: 'api_findings_of_incident',
    text: `SELECT finding_id, series_key, at, noticed_at, ended_at, direction, severity, observed, expected, band_low, band_high,
                  deviation, score, observed_sum, expected_sum, steps
           FROM anomalies WHERE incident_id = $1 ORDER BY at, series_key`,
    values: [incidentId],
  });
  return rows;
}
