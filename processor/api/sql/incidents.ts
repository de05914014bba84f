import type { Cause, RankedCause } from '../../../domain/causes/cause.ts';
import type { Severity } from '../../../domain/detection/verdict.ts';
import type { IncidentScope } from '../../../domain/incidents/incident.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export interface IncidentsQuery {
  state: 'open' | 'over' | null;
  region: string | null;
  cause: Cause | null;
  severity: Severity | null;
  /** Opened from then on, and before. */
  from: Micros | null;
  to: Micros | null;
  after: readonly [openedAt: Micros, incidentId: string] | null;
  most: number;
}

export interface IncidentRow {
  incident_id: string;
  opened_at: Micros;
  closed_at: Micros | null;
  updated_at: Micros;
  scope: IncidentScope;
  severity: Severity;
  /** Null: still being looked into. */
  cause: Cause | null;
  causes: RankedCause[];
  findings: string[];
  alert_id: number | null;
  actions: number;
}

const INCIDENTS = `
  SELECT i.incident_id, i.opened_at, i.closed_at, i.updated_at, i.scope, i.severity, i.cause, i.causes, i.findings, a.alert_id,
         (SELECT count(*) FROM actions_masked d WHERE d.incident_id = i.incident_id) AS actions
  FROM incidents i LEFT JOIN alerts_masked a ON a.dedup_key = i.alert_key`;

/** The newest first. */
export async function incidents(db: Queryable, query: IncidentsQuery): Promise<IncidentRow[]> {
  const { rows } = await db.query<IncidentRow & Record<string, unknown>>({
    name: 'api_incidents',
    text: `${INCIDENTS}
           WHERE ($1::text IS NULL OR (i.closed_at IS NULL) = ($1 = 'open'))
             AND ($2::text IS NULL OR i.scope->>'region' = $2)
             AND ($3::text IS NULL OR i.cause = $3)
             AND ($4::text IS NULL OR i.severity = $4)
             AND ($5::float8 IS NULL OR i.opened_at >= ${micros('$5')})
             AND ($6::float8 IS NULL OR i.opened_at < ${micros('$6')})
             AND ($7::float8 IS NULL OR i.opened_at < ${micros('$7')} OR (i.opened_at = ${micros('$7')} AND i.incident_id > $8))
           ORDER BY i.opened_at DESC, i.incident_id LIMIT $9`,
    values: [
      query.state,
      query.region,
      query.cause,
      query.severity,
      query.from,
      query.to,
      query.after?.[0] ?? null,
      query.after?.[1] ?? null,
      query.most,
    ],
  });
  return rows;
}

/** Null: there is no such incident. */
export async function incidentOf(db: Queryable, incidentId: string): Promise<IncidentRow | null> {
  const { rows } = await db.query<IncidentRow & Record<string, unknown>>({
    name: 'api_incident',
    text: `${INCIDENTS} WHERE i.incident_id = $1`,
    values: [incidentId],
  });
  return rows[0] ?? null;
}
