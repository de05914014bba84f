WITH latest AS (SELECT effects FROM churn_models WHERE as_of <= $__timeTo() ORDER BY as_of DESC LIMIT 1)
SELECT effect->>'feature' AS feature, (effect->>'odds_ratio')::float8 AS "odds of leaving"
FROM latest CROSS JOIN LATERAL jsonb_array_elements(effects) AS e (effect)
ORDER BY abs(ln(greatest((effect->>'odds_ratio')::float8, 1e-9))) DESC, 1
