import type { Cause, RankedCause } from '../../../domain/causes/cause.ts';
import type { Severity } from '../../../domain/detection/verdict.ts';
import type { IncidentScope } from '../../../domain/incidents/incident.ts';
import type { IncidentMemory, StoredIncident } from '../../../domain/incidents/incident-memory.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/** Incidents that are not over, in the order in which they were opened. */
export async function loadOpenIncidents(db: Queryable): Promise<StoredIncident[]> {
  const { rows } = await db.query<{
    incident_id: string;
    opened_at: Micros;
    updated_at: Micros;
    scope: IncidentScope;
    severity: Severity;
    cause: Cause | null;
    causes: RankedCause[];
    findings: string[];
    series_keys: string[];
    memory: IncidentMemory;
  }>({
    name: 'load_open_incidents',
    text: `SELECT incident_id, opened_at, updated_at, scope, severity, cause, causes, findings, series_keys, memory
           FROM incidents WHERE memory IS NOT NULL ORDER BY opened_at, incident_id`,
  });
  return rows.map((row) => ({
    incident: {
      incidentId: row.incident_id,
      openedAt: row.opened_at,
      closedAt: null,
      updatedAt: row.updated_at,
      scope: row.scope,
      findings: row.findings,
      seriesKeys: row.series_keys,
      causes: row.causes,
      settledCause: row.cause,
      severity: row.severity,
    },
    memory: row.memory,
  }));
}
