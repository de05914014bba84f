import type { Finding } from '../../../domain/detection/finding.ts';
import { parseSeriesKey } from '../../../domain/series/series-key.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { micros } from '../../sql/micros.ts';

/**
 * Keeps findings, as they are now.
 *
 * @param now event time
 */
export async function upsertFindings(
  db: Queryable,
  findings: readonly Finding[],
  now: Micros,
): Promise<void> {
  if (findings.length === 0) return;
  const rows = findings.map((one) => {
    const { metric, dimension, value } = parseSeriesKey(one.seriesKey);
    const { peak } = one;
    return [
      ...[
        one.startedAt,
        one.seriesKey,
        peak.score,
        one.severity,
        peak.observed,
        peak.expected,
        peak.low,
        peak.high,
      ],
      ...[one.findingId, one.noticedAt, one.endedAt, metric, dimension, value, one.direction, peak.deviation],
      ...[peak.at, one.observed, one.expected, one.steps],
    ];
  });
  await db.query({
    name: 'upsert_findings',
    text: `INSERT INTO anomalies (at, series_key, score, severity, observed, expected, band_low, band_high, finding_id,
                                  noticed_at, ended_at, metric, dimension, value, direction, deviation, peak_at,
                                  observed_sum, expected_sum, steps, updated_at)
           SELECT ${micros('e->0')}, e->>1, (e->2)::float8, e->>3, (e->>4)::float8, (e->>5)::float8, (e->>6)::float8,
                  (e->>7)::float8, e->>8, ${micros('e->9')}, ${micros('e->>10')}, e->>11, e->>12, e->>13, e->>14,
                  (e->15)::float8, ${micros('e->16')}, (e->17)::float8, (e->18)::float8, (e->19)::integer,
                  ${micros('$2::text')}
           FROM jsonb_array_elements($1::jsonb) AS e ORDER BY 2, 1
           ON CONFLICT (series_key, at) DO UPDATE SET
             noticed_at = excluded.noticed_at, score = excluded.score, severity = excluded.severity, observed = excluded.observed,
             expected = excluded.expected, band_low = excluded.band_low, band_high = excluded.band_high,
             ended_at = excluded.ended_at, direction = excluded.direction, deviation = excluded.deviation,
             peak_at = excluded.peak_at, observed_sum = excluded.observed_sum, expected_sum = excluded.expected_sum,
             steps = excluded.steps, updated_at = excluded.updated_at`,
    values: [JSON.stringify(rows), now],
  });
}
