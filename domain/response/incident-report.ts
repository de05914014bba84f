import type { NewAlert } from '../alerts/alert.ts';
import type { Cause } from '../causes/cause.ts';
import type { Incident } from '../incidents/incident.ts';
import { incidentAlertKey } from '../incidents/incident-alert.ts';
import { parseSeriesKey } from '../series/series-key.ts';
import { formatIso8601 } from '../time/iso8601.ts';
import { MINUTE } from '../time/micros.ts';

const MOST_EVIDENCE = 6;
const MOST_SERIES = 20;

/** In an alert's subject and in notes. Slack has words of its own, in two languages. */
const CAUSE_WORDS: Readonly<Record<Cause, string>> = {
  RIDERS_SHORT: 'riders are short',
  RESTAURANT_OUTAGE: 'restaurants do not answer',
  REFUSALS_INGREDIENTS: 'orders are refused, ingredients are out',
  REFUSALS_STAFF: 'orders are refused, staff is short',
  REFUSALS_SYSTEM: 'orders are refused by a fault of a system',
  REFUSALS_OTHER: 'orders are refused',
  PAYMENT_METHOD: 'payments by a method fail',
  WEATHER: 'the weather',
  TRAFFIC: 'the traffic',
  PREPARATION: 'preparation takes long',
  ROUTING: 'routes are bad',
  DEMAND_SURGE: 'far more is ordered',
  UNKNOWN: 'nothing that was looked at explains it',
};

/** What the alert of an incident says, as of now. The same incident has the same alert, which is then changed. */
export function incidentAlert(incident: Incident): NewAlert {
  const { incidentId, severity } = incident;
  return {
    dedupKey: incidentAlertKey(incidentId),
    // An incident is what a storm of findings comes down to, and each has questions of its own.
    groupKey: '',
    kind: 'ANOMALY',
    severity,
    subject: subjectOf(incident),
    evidence: evidenceOf(incident),
    openedAt: incident.openedAt,
    orderId: null,
    holdId: null,
    logId: null,
  };
}

/** How its alert ends; null while the incident lasts. */
export function incidentClosing(incident: Incident): { dedupKey: string; at: number; note: string } | null {
  const { incidentId, openedAt, closedAt, settledCause } = incident;
  if (closedAt === null) return null;
  const minutes = Math.round((closedAt - openedAt) / MINUTE);
  const cause = settledCause === null ? 'before its cause was known' : CAUSE_WORDS[settledCause];
  return {
    dedupKey: incidentAlertKey(incidentId),
    at: closedAt,
    note: `over after ${minutes} min: ${cause}`,
  };
}

function subjectOf(incident: Incident): string {
  const { settledCause, scope, seriesKeys } = incident;
  const place = scope.restaurant ?? scope.method ?? scope.region ?? 'the platform';
  if (settledCause !== null) {
    const probability = probabilityOf(incident, settledCause);
    const sure = settledCause === 'UNKNOWN' ? '' : ` (${Math.round(probability * 100)} %)`;
    return `${place}: ${CAUSE_WORDS[settledCause]}${sure}`;
  }
  const metrics = [...new Set(seriesKeys.map((key) => parseSeriesKey(key).metric))].slice(0, 3);
  return `${place}: ${metrics.join(', ')} not as expected, the cause is being looked for`;
}

function probabilityOf({ causes }: Incident, cause: Cause): number {
  return causes.find((one) => one.cause === cause)?.probability ?? 0;
}

function evidenceOf(incident: Incident): Record<string, unknown> {
  const { settledCause, causes, seriesKeys } = incident;
  const told = settledCause ?? causes[0]?.cause ?? null;
  const evidence = causes.find((one) => one.cause === told)?.evidence ?? [];
  return {
    concern: 'INCIDENT',
    incident_id: incident.incidentId,
    ...incident.scope,
    cause: settledCause,
    probability: settledCause === null ? null : probabilityOf(incident, settledCause),
    causes: causes.map(({ cause, probability }) => ({ cause, probability })),
    evidence: evidence.slice(0, MOST_EVIDENCE),
    series: seriesKeys.slice(0, MOST_SERIES),
    series_count: seriesKeys.length,
    opened_at: formatIso8601(incident.openedAt),
    closed_at: incident.closedAt === null ? null : formatIso8601(incident.closedAt),
  };
}
