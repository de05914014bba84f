SELECT as_of AS time, auc AS "the model", recency_auc AS "recency alone", ece AS "calibration error"
FROM churn_models
WHERE as_of BETWEEN $__timeFrom()::timestamptz - INTERVAL '7 days' AND $__timeTo()
ORDER BY 1
