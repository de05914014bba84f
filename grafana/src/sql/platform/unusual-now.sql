SELECT (SELECT count(*) FROM incidents WHERE closed_at IS NULL)::float8 AS incidents,
       (SELECT count(*) FROM anomalies WHERE ended_at IS NULL)::float8 AS findings,
       (SELECT count(*) FROM actions_masked WHERE status = 'PROPOSED')::float8 AS "waiting for approval"
