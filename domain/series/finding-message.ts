import type { Finding } from '../detection/finding.ts';
import { formatIso8601 } from '../time/iso8601.ts';
import { parseSeriesKey } from './series-key.ts';

/** What topic `anomalies` says of a finding, when it begins and when it is over. */
export function findingMessage(finding: Finding): Record<string, unknown> {
  const { peak, endedAt } = finding;
  return {
    event_type: endedAt === null ? 'OPENED' : 'ENDED',
    finding_id: finding.findingId,
    series_key: finding.seriesKey,
    ...parseSeriesKey(finding.seriesKey),
    direction: finding.direction,
    severity: finding.severity,
    started_at: formatIso8601(finding.startedAt),
    noticed_at: formatIso8601(finding.noticedAt),
    ended_at: endedAt === null ? null : formatIso8601(endedAt),
    peak: {
      at: formatIso8601(peak.at),
      observed: peak.observed,
      expected: peak.expected,
      low: peak.low,
      high: peak.high,
      score: peak.score,
      deviation: peak.deviation,
    },
  };
}
