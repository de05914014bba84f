-- What is sent to single customers is counted with their promotions.
SELECT at, action, target, status, coalesce(cause, '') AS cause, coalesce(receiver, '') AS receiver, incident_id,
       coalesce(decided_by, '') AS decided_by,
       (effect->>'ratio_before')::float8 - 1 AS before,
       (effect->>'returned_after_seconds')::float8 AS returned_after,
       (effect->>'untreated_seconds')::float8 AS untreated,
       (effect->>'observed')::float8 AS observed, (effect->>'without_action')::float8 AS without_action,
       (effect->>'difference')::float8 AS difference,
       coalesce(effect->>'series_key', '') AS series, coalesce(note, result->>'reason', '') AS note
FROM actions_masked
WHERE $__timeFilter(at) AND receiver IS NOT NULL AND target NOT LIKE 'customer=%'
ORDER BY at DESC, action, target LIMIT 200
