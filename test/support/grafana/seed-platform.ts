import type { Database } from '../../../platform/database/database.ts';

/**
 * What two days of a small delivery platform leave behind: what its riders, restaurants, payments and orders said, the
 * series made of it, one incident with its causes, findings and actions, forecasts, and what is thought of customers. As
 * tables, because detectors take weeks to learn.
 *
 * @param now in milliseconds
 */
export async function seedPlatform(database: Database, now: number): Promise<void> {
  const at = new Date(Math.floor(now / 300_000) * 300_000);
  for (const statement of [
    FACTS,
    DELIVERIES,
    RESTAURANTS,
    PAYMENTS,
    SERIES,
    FINDINGS,
    INCIDENTS,
    ALERT,
    READINGS,
    ACTIONS,
    FORECASTS,
    SCORES,
    SEGMENTS,
    CUSTOMERS,
    MODEL,
    PROMOTION,
  ])
    await database.query(statement, [at]);
}

/** Every ten minutes an order of one of three districts, for two days; half an hour later it is there. */
const FACTS = `
  INSERT INTO order_facts (at, order_id, kind, region, restaurant_id, amount, total_seconds, transit_seconds, promised_at, score)
  SELECT begun + after, 'food-' || i, kind, 'District ' || i % 3, 'R-' || i % 5, 18000 + 100 * (i % 7),
         CASE kind WHEN 'DELIVERED' THEN 1800 + 10 * (i % 30) END, CASE kind WHEN 'DELIVERED' THEN 700 END,
         begun + INTERVAL '32 minutes', CASE kind WHEN 'REVIEWED' THEN 1 + i % 5 END
  FROM generate_series(5, 300) AS i
  CROSS JOIN LATERAL (SELECT $1::timestamptz - i * INTERVAL '10 minutes' AS begun) AS orders
  CROSS JOIN (VALUES ('CREATED', INTERVAL '0'), ('HANDED_OVER', INTERVAL '18 minutes'), ('DELIVERED', INTERVAL '31 minutes'),
                     ('REVIEWED', INTERVAL '40 minutes'), ('CANCELED', INTERVAL '2 minutes')) AS steps (kind, after)
  WHERE (kind = 'CANCELED') = (i % 11 = 0) OR kind = 'CREATED'`;

const DELIVERIES = `
  INSERT INTO deliveries (occurred_at, order_id, event_id, content_hash, event_type, rider_id, restaurant_id, region, reason)
  SELECT $1::timestamptz - i * INTERVAL '10 minutes', 'food-' || i, 'end', i, CASE WHEN i % 17 = 0 THEN 'FAILED' ELSE 'DELIVERED' END,
         'rider-' || i % 4, 'R-' || i % 5, 'District ' || i % 3, CASE WHEN i % 17 = 0 THEN 'NOBODY_HOME' END
  FROM generate_series(1, 300) AS i`;

const RESTAURANTS = `
  INSERT INTO restaurants (occurred_at, restaurant_id, event_id, content_hash, event_type, order_id, region, reason, latency_ms, prep_seconds)
  SELECT $1::timestamptz - i * INTERVAL '10 minutes', 'R-' || i % 5, type || i, hashtext(type || i), type, 'food-' || i, 'District ' || i % 3,
         CASE type WHEN 'REFUSED' THEN (ARRAY['STAFF_SHORT', 'INGREDIENTS_OUT'])[1 + i % 2] END,
         CASE WHEN type <> 'READY' THEN 400 END, CASE type WHEN 'READY' THEN 900 END
  FROM generate_series(1, 300) AS i CROSS JOIN (VALUES ('ACCEPTED'), ('REFUSED'), ('READY')) AS types (type)
  WHERE (type = 'REFUSED') = (i % 13 = 0)`;

const PAYMENTS = `
  INSERT INTO payments (occurred_at, order_id, event_id, content_hash, event_type, method, amount, region, reason)
  SELECT $1::timestamptz - i * INTERVAL '10 minutes', 'food-' || i, 'paid', i, type, (ARRAY['card', 'wallet'])[1 + i % 2], 18000,
         'District ' || i % 3, CASE type WHEN 'FAILED' THEN 'E-51' END
  FROM generate_series(1, 300) AS i
  CROSS JOIN LATERAL (SELECT CASE i % 19 WHEN 0 THEN 'FAILED' WHEN 1 THEN 'REFUNDED' ELSE 'APPROVED' END AS type) AS types`;

/** Five-minute steps of some series; orders of one district are far too few during two hours of yesterday. */
const SERIES = `
  INSERT INTO series_points (at, series_key, sum, n, squares, observed, expected, low, high, score, deviation, anomalous)
  SELECT $1::timestamptz - i * INTERVAL '5 minutes', key, value, 1, NULL, value, level, level * 0.7, level * 1.3,
         CASE WHEN odd THEN 0.9 ELSE 0.1 END, CASE WHEN odd THEN -6 ELSE 0.3 END, odd
  FROM generate_series(1, 600) AS i
  CROSS JOIN (VALUES ('orders|region=District 1', 20), ('riders_online|region=District 1', 30), ('riders_idle|region=District 1', 8),
                     ('refusal_rate|restaurant=R-1', 0.05), ('prep_seconds|restaurant=R-1', 900),
                     ('response_ms|restaurant=R-1', 400), ('payment_failure_rate|method=card', 0.02)) AS names (key, level)
  CROSS JOIN LATERAL (SELECT i BETWEEN 60 AND 84 AND key LIKE 'orders|%' AS odd) AS state
  CROSS JOIN LATERAL (SELECT CASE WHEN odd THEN level * 0.4 ELSE level END AS value) AS points`;

const FINDINGS = `
  INSERT INTO anomalies (at, series_key, score, severity, observed, expected, band_low, band_high, finding_id, noticed_at, ended_at,
                         metric, dimension, value, direction, deviation, peak_at, observed_sum, expected_sum, steps, incident_id,
                         updated_at)
  SELECT begun, key, 0.9, 'critical', level * 0.4, level, level * 0.7, level * 1.3, key || '@' || begun, begun + INTERVAL '10 minutes',
         CASE WHEN lasting THEN NULL ELSE begun + INTERVAL '2 hours' END, metric, 'region', 'District 1', 'DOWN', -6, begun,
         level * 0.4 * 24, level * 24, 24, CASE WHEN lasting THEN 'incident-now' ELSE 'incident-1' END, begun + INTERVAL '2 hours'
  FROM (VALUES ('orders', 20, false), ('riders_online', 30, false), ('riders_idle', 8, true)) AS found (metric, level, lasting)
  CROSS JOIN LATERAL (SELECT metric || '|region=District 1' AS key,
                             $1::timestamptz - CASE WHEN lasting THEN INTERVAL '1 hour' ELSE INTERVAL '7 hours' END AS begun) AS times`;

const CAUSES = `[{"cause": "RIDERS_SHORT", "probability": 0.86, "evidence": [{"kind": "SERIES", "subject": "riders_online|region=District 1",
  "observed": 12, "expected": 30, "unit": "count", "weight": 3.2, "text": "12 riders were there where 30 were expected"}]},
  {"cause": "UNKNOWN", "probability": 0.14, "evidence": []}]`;

const INCIDENTS = `
  INSERT INTO incidents (incident_id, opened_at, closed_at, updated_at, scope, severity, cause, causes, findings, series_keys, alert_key)
  SELECT id, begun, ended, coalesce(ended, $1), '{"region": "District 1"}', 'critical', cause, '${CAUSES}'::jsonb, findings, findings,
         'ANOMALY/' || id
  FROM (VALUES ('incident-1', $1::timestamptz - INTERVAL '7 hours', $1::timestamptz - INTERVAL '5 hours', 'RIDERS_SHORT', ARRAY['orders', 'riders_online']),
               ('incident-now', $1::timestamptz - INTERVAL '1 hour', NULL, NULL, ARRAY['riders_idle'])) AS told (id, begun, ended, cause, findings)`;

const ALERT = `
  INSERT INTO alerts (dedup_key, kind, severity, subject, evidence, opened_at, status_since)
  SELECT 'ANOMALY/incident-1', 'ANOMALY', 'critical', 'Orders in District 1 have fallen by 60 %', '{}', at, at
  FROM (SELECT $1::timestamptz - INTERVAL '6 hours' AS at) AS times`;

const READINGS = `
  INSERT INTO source_readings (at, source, subject, value, text, latency_ms)
  SELECT $1::timestamptz - i * INTERVAL '30 minutes', source, subject, value, 'as ever', 40
  FROM generate_series(1, 40) AS i
  CROSS JOIN (VALUES ('WEATHER', 'District 1', 0.1), ('TRAFFIC', 'District 1', 1.1), ('HEALTH', 'payments', 1)) AS told (source, subject, value)`;

const EFFECT = `{"series_key": "orders|region=District 1", "ratio_before": 0.4, "difference_before": -12, "returned_at": "2026-01-01T00:00:00.000000Z",
  "returned_after_seconds": 2400, "half_life_seconds": 3600, "learnt_from": 3, "untreated_seconds": 5400, "steps": 20, "observed": 300,
  "expected": 480, "without_action": 200, "difference": 100, "together": [], "following": false}`;

const ACTIONS = `
  INSERT INTO actions (at, action_id, action, status, target, request, receiver, incident_id, alert_key, cause, expires_at, sent_at, note,
                       effect, is_open, decided_by)
  SELECT $1::timestamptz - ago, 'action-' || md5(incident || action || target), action, status, target,
         '{"parameters": {"amount": 2000}}', 'platform', incident, 'ANOMALY/' || incident, 'RIDERS_SHORT',
         $1::timestamptz + INTERVAL '1 hour', CASE status WHEN 'DONE' THEN $1::timestamptz - ago END, 'as the policy has it',
         CASE status WHEN 'DONE' THEN '${EFFECT}'::jsonb END, status = 'PROPOSED', 'kim'
  FROM (VALUES ('incident-1', 'RIDER_INCENTIVE', 'DONE', 'region=District 1', INTERVAL '6 hours 40 minutes'),
               ('incident-now', 'RESTAURANT_DEACTIVATE', 'PROPOSED', 'restaurant=R-1', INTERVAL '30 minutes'),
               ('incident-1', 'PROMOTION', 'SENT', 'customer=U-eve', INTERVAL '5 hours')) AS done (incident, action, status, target, ago)`;

const FORECASTS = `
  INSERT INTO demand_forecasts (at, region, issued_at, expected, low, high, naive, day_ahead_expected, riders_needed, riders_usual, orders, riders)
  SELECT date_trunc('hour', $1::timestamptz) + i * INTERVAL '1 hour', 'District ' || r, $1, 30, 20, 42, 28, 31, 12, 10,
         CASE WHEN i < 0 THEN 29 END, CASE WHEN i < 0 THEN 11 END
  FROM generate_series(-60, 23) AS i, generate_series(0, 2) AS r`;

const SCORES = `
  INSERT INTO forecast_scores (region, horizon_hours, day, hours, orders, absolute_error, naive_error, inside)
  SELECT 'District ' || r, h, ($1::timestamptz - d * INTERVAL '1 day')::date, 24, 700, 50 + h, 120, 22
  FROM generate_series(0, 2) AS r, generate_series(1, 24) AS h, generate_series(0, 3) AS d`;

const SEGMENTS = `
  INSERT INTO churn_segments (as_of, segment, region, customers, probability_sum, over_threshold)
  SELECT $1::timestamptz - w * INTERVAL '7 days', segment, 'District ' || r, 100, 40, 12
  FROM (VALUES ('NEW'), ('REGULAR'), ('FALLING'), ('LOST')) AS names (segment), generate_series(0, 2) AS r, generate_series(0, 4) AS w`;

const CUSTOMERS = `
  INSERT INTO customer_churn (customer_id, as_of, probability, segment, region, orders, first_order_at, last_order_at, mean_gap_days,
                              mean_value, late_orders, refusals, reasons)
  SELECT 'customer-' || i, $1, ceil(i / 4.0) * 0.16, (ARRAY['NEW', 'REGULAR', 'FALLING', 'LOST'])[1 + i % 4], 'District ' || i % 3, 3 + i,
         $1::timestamptz - INTERVAL '90 days', $1::timestamptz - i * INTERVAL '1 day', 6, 18000, i % 3, 0,
         '[{"feature": "recency", "value": 12, "effect": 0.8}, {"feature": "orders", "value": 4, "effect": -0.2}]'
  FROM generate_series(1, 24) AS i`;

const MODEL = `
  INSERT INTO churn_models (as_of, horizon_days, kind, examples, churned, effects, judged, auc, recency_auc, ece, brier, state)
  SELECT $1::timestamptz - w * INTERVAL '7 days', 28, 'LOGISTIC', 900, 300,
         '[{"feature": "recency", "mean": 10, "spread": 8, "coefficient": 0.9, "odds_ratio": 2.5}]', 400, 0.82, 0.78, 0.02, 0.15, '{}'
  FROM generate_series(0, 4) AS w`;

const PROMOTION = `
  INSERT INTO promotions (promotion_id, at, ends_at, probability, holdout_share, treated, held_out, treated_reordered,
                          held_out_reordered, status, result)
  VALUES ('promotion-1', $1::timestamptz - INTERVAL '3 days', $1::timestamptz + INTERVAL '11 days', 0.7, 0.2, 40, 10, 12, 2, 'RUNNING',
          '{"difference": {"rate": 0.1, "low": -0.12, "high": 0.28}}')`;
