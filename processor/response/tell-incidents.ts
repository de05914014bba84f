import type { Incident } from '../../domain/incidents/incident.ts';
import { incidentAlert, incidentClosing } from '../../domain/response/incident-report.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { closeAlerts } from '../sql/close-alerts.ts';
import { insertAlerts } from '../sql/insert-alerts.ts';
import { updateAlerts } from './sql/update-alerts.ts';

/**
 * Raises, changes and closes the alerts of incidents that have changed, each as it is now: in the transaction that keeps
 * the incidents. An alert that somebody resolved stays as it was left.
 */
export async function tellIncidents(db: Queryable, incidents: readonly Incident[]): Promise<void> {
  const alerts = incidents.map(incidentAlert);
  await insertAlerts(db, alerts);
  await updateAlerts(db, alerts);
  await closeAlerts(
    db,
    incidents.map(incidentClosing).filter((closing) => closing !== null),
  );
}
