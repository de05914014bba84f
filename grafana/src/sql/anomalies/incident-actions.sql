WITH one AS (
    SELECT incident_id FROM incidents
    WHERE CASE WHEN ${incident:sqlstring} = '' THEN opened_at <= $__timeTo() ELSE incident_id = ${incident:sqlstring} END
    ORDER BY coalesce(closed_at > $__timeTo(), true) DESC, opened_at DESC, incident_id LIMIT 1
)
SELECT a.at, a.action, a.target, a.status, coalesce(a.decided_by, '') AS decided_by, coalesce(a.note, a.result->>'reason', '') AS note,
       a.sent_at, (a.effect->>'returned_at')::timestamptz AS returned_at, coalesce(a.undone_by, '') AS undone_by
FROM one JOIN actions_masked a USING (incident_id)
ORDER BY a.at, a.action, a.target LIMIT 100
