import type { Pool } from 'pg';
import type { ToldIncident } from '../story.ts';

export async function readToldIncidents(pool: Pool, since: Date): Promise<ToldIncident[]> {
  const { rows } = await pool.query<ToldIncident>(
    `SELECT incident_id AS "incidentId", opened_at AS "openedAt", updated_at AS "updatedAt", closed_at AS "closedAt",
            scope, cause, (of_cause->>'probability')::float8 AS probability,
            of_cause->'evidence'->0->>'text' AS evidence
     FROM incidents LEFT JOIN LATERAL (
         SELECT c AS of_cause FROM jsonb_array_elements(causes) c WHERE c->>'cause' = incidents.cause LIMIT 1
     ) named ON true
     WHERE opened_at >= $1 ORDER BY opened_at DESC LIMIT 50`,
    [since],
  );
  return rows;
}
