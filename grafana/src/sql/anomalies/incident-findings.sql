WITH one AS (
    SELECT incident_id FROM incidents
    WHERE CASE WHEN ${incident:sqlstring} = '' THEN opened_at <= $__timeTo() ELSE incident_id = ${incident:sqlstring} END
    ORDER BY coalesce(closed_at > $__timeTo(), true) DESC, opened_at DESC, incident_id LIMIT 1
)
SELECT f.at, f.metric, f.dimension || ' ' || f.value AS place, f.direction, f.severity, f.observed, f.expected,
       f.observed_sum / nullif(f.expected_sum, 0) - 1 AS effect, f.deviation,
       extract(epoch FROM coalesce(f.ended_at, f.updated_at) - f.at)::float8 AS lasted, f.series_key AS series
FROM one JOIN anomalies f USING (incident_id)
ORDER BY f.at, f.series_key LIMIT 100
