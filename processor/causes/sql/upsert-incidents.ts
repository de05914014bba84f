import { incidentAlertKey } from '../../../domain/incidents/incident-alert.ts';
import type { StoredIncident } from '../../../domain/incidents/incident-memory.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

export async function upsertIncidents(db: Queryable, stored: readonly StoredIncident[]): Promise<void> {
  if (stored.length === 0) return;
  const rows = stored.map(({ incident, memory }) => [
    incident.incidentId,
    incident.openedAt,
    incident.closedAt,
    incident.updatedAt,
    incident.scope,
    incident.severity,
    incident.settledCause,
    incident.causes,
    incident.findings,
    incident.seriesKeys,
    incidentAlertKey(incident.incidentId),
    memory,
  ]);
  await db.query({
    name: 'upsert_incidents',
    text: `INSERT INTO incidents (incident_id, opened_at, closed_at, updated_at, scope, severity, cause, causes,
                                  findings, series_keys, alert_key, memory)
           SELECT e->>0, ${micros('e->>1')}, ${micros('e->>2')}, ${micros('e->>3')}, e->4, e->>5, e->>6, e->7,
                  ARRAY(SELECT jsonb_array_elements_text(e->8)), ARRAY(SELECT jsonb_array_elements_text(e->9)),
                  e->>10, NULLIF(e->11, 'null'::jsonb)
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT (incident_id) DO UPDATE SET
             opened_at = excluded.opened_at, closed_at = excluded.closed_at, updated_at = excluded.updated_at,
             scope = excluded.scope, severity = excluded.severity, cause = excluded.cause, causes = excluded.causes,
             findings = excluded.findings, series_keys = excluded.series_keys, memory = excluded.memory`,
    values: [JSON.stringify(rows)],
  });
}
