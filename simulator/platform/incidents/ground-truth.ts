import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import { causeOf, type InjectedIncident } from './incident.ts';

/** An incident as a line of JSON: what was wrong, where, when, and the cause that should be found. */
export function truthLine(incident: Readonly<InjectedIncident>): string {
  const { incidentId, kind, region, restaurant, method, reason, from, to, strength } = incident;
  return JSON.stringify({
    incident_id: incidentId,
    kind,
    cause: causeOf(incident),
    region,
    restaurant,
    method,
    reason,
    from: formatIso8601(from),
    to: formatIso8601(to),
    strength,
  });
}
