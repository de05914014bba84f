SELECT f.at, f.metric, f.dimension || ' ' || f.value AS place, f.direction, f.severity, f.observed, f.expected,
       f.band_low, f.band_high, f.observed_sum / nullif(f.expected_sum, 0) - 1 AS effect, f.deviation,
       extract(epoch FROM coalesce(f.ended_at, f.updated_at) - f.at)::float8 AS lasted,
       coalesce(i.cause, 'being looked into') AS cause, f.incident_id, f.series_key AS series
FROM anomalies f LEFT JOIN incidents i USING (incident_id)
WHERE $__timeFilter(f.at) AND coalesce(i.cause, 'being looked into') IN (${cause:sqlstring})
ORDER BY f.at DESC, f.series_key LIMIT 300
