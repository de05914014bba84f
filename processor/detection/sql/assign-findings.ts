import type { Incident } from '../../../domain/incidents/incident.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/** Notes of findings which incident they are of. */
export async function assignFindings(db: Queryable, incidents: readonly Incident[]): Promise<void> {
  const rows = incidents.flatMap(({ incidentId, findings }) =>
    findings.map((findingId) => {
      const at = findingId.lastIndexOf('@');
      return { incidentId, key: findingId.slice(0, at), startedAt: Number(findingId.slice(at + 1)) };
    }),
  );
  if (rows.length === 0) return;
  await db.query({
    name: 'assign_findings',
    text: `UPDATE anomalies a SET incident_id = f.incident_id
           FROM unnest($1::text[], $2::text[], $3::float8[]) AS f (incident_id, series_key, started_at)
           WHERE a.series_key = f.series_key AND a.at = TIMESTAMPTZ 'epoch' + INTERVAL '1 microsecond' * f.started_at
             AND a.at >= TIMESTAMPTZ 'epoch' + INTERVAL '1 microsecond' * $4::float8
             AND a.incident_id IS DISTINCT FROM f.incident_id`,
    values: [
      rows.map(({ incidentId }) => incidentId),
      rows.map(({ key }) => key),
      rows.map(({ startedAt }) => startedAt),
      rows.reduce((least, { startedAt }) => Math.min(least, startedAt), Number.POSITIVE_INFINITY),
    ],
  });
}
