SELECT at, ends_at, status, treated::float8 AS treated, held_out::float8 AS held_out,
       treated_reordered::float8 / nullif(treated, 0) AS treated_rate, held_out_reordered::float8 / nullif(held_out, 0) AS held_out_rate,
       (result->'difference'->>'rate')::float8 AS difference, (result->'difference'->>'low')::float8 AS low,
       (result->'difference'->>'high')::float8 AS high
FROM promotions
WHERE at <= $__timeTo() AND ends_at >= $__timeFrom()
ORDER BY at DESC LIMIT 50
