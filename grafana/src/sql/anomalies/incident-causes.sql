WITH one AS (
    SELECT incident_id, causes FROM incidents
    WHERE CASE WHEN ${incident:sqlstring} = '' THEN opened_at <= $__timeTo() ELSE incident_id = ${incident:sqlstring} END
    ORDER BY coalesce(closed_at > $__timeTo(), true) DESC, opened_at DESC, incident_id LIMIT 1
)
SELECT c.cause->>'cause' AS cause, (c.cause->>'probability')::float8 AS probability,
       coalesce(e.evidence->>'text', '') AS evidence, (e.evidence->>'weight')::float8 AS weight
FROM one
CROSS JOIN LATERAL jsonb_array_elements(one.causes) WITH ORDINALITY AS c (cause, rank)
LEFT JOIN LATERAL jsonb_array_elements(c.cause->'evidence') WITH ORDINALITY AS e (evidence, place) ON true
WHERE c.rank <= 5
ORDER BY c.rank, e.place LIMIT 60
