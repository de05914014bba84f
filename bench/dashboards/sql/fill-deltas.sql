-- As the processor writes them: one row for each minute and kind of a batch.
INSERT INTO state_deltas (at, kind, delta)
SELECT date_trunc('minute', at), kind, sum(delta)
FROM (
    SELECT t0 AS at, 'order_created' AS kind, 1 AS delta, i FROM made
    UNION ALL SELECT t1, 'order_paid', 1, i FROM made WHERE t1 IS NOT NULL
    UNION ALL SELECT t4, 'order_shipped', 1, i FROM made WHERE t4 IS NOT NULL AND canceled IS NULL
    UNION ALL SELECT t0, 'backlog', 1, i FROM made
    UNION ALL SELECT coalesce(canceled, t5), 'backlog', -1, i FROM made WHERE coalesce(canceled, t5) IS NOT NULL
    UNION ALL SELECT t1 + INTERVAL '2 hours', 'late', 1, i FROM made
              WHERE t1 + INTERVAL '2 hours' < coalesce(t2, canceled, 'infinity')
    UNION ALL SELECT coalesce(t2, canceled), 'late', -1, i FROM made WHERE t1 + INTERVAL '2 hours' < coalesce(t2, canceled)
) AS changes
GROUP BY 1, 2, i % 4
ORDER BY 1
