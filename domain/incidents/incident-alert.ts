/** Identity of the alert of an incident. */
export function incidentAlertKey(incidentId: string): string {
  return `incident/${incidentId}`;
}
