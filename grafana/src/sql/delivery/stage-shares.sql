SELECT CASE WHEN late THEN 'late orders' ELSE 'orders in time' END AS which,
       (sum(approval_seconds) / nullif(sum(approvals), 0))::float8 / 86400 AS "approval",
       (sum(preparation_seconds) / nullif(sum(preparations), 0))::float8 / 86400 AS "preparation (seller)",
       (sum(transit_seconds) / nullif(sum(transits), 0))::float8 / 86400 AS "transit (carrier)"
FROM stages_1d
WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
  AND late IS NOT NULL
GROUP BY late ORDER BY late DESC
