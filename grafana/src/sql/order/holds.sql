SELECT reason_code AS reason, episode, status, opened_at, closed_at,
       extract(epoch FROM coalesce(closed_at, now()) - opened_at) AS lasted,
       ops_status AS alert, ops_operator AS operator, ops_note AS note, evidence::text AS evidence
FROM holds_masked WHERE order_id = ${order_id:sqlstring}
ORDER BY opened_at
