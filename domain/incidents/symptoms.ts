import type { Finding } from '../detection/finding.ts';
import { parseSeriesKey } from '../series/series-key.ts';

/**
 * What trouble shows in, and what comes and goes without any: how many riders wait, what customers think, how long one
 * restaurant's orders take. It belongs to an incident that something else opens.
 */
const SYMPTOMS: ReadonlySet<string> = new Set([
  'riders_idle|region',
  'review_score|region',
  'order_value|region',
  'response_ms|restaurant',
  'orders|restaurant',
  'delivery_seconds|restaurant',
]);

/** Whether a finding is no incident by itself. A critical one is. */
export function isSymptom({ seriesKey, severity }: Finding): boolean {
  const { metric, dimension } = parseSeriesKey(seriesKey);
  return severity !== 'critical' && SYMPTOMS.has(`${metric}|${dimension}`);
}
