const LEVELS = ['1m', '1h', '1d'];
const region = `CASE WHEN region IS NULL THEN 'unknown' ELSE region END AS region`;

/** Sum of a column that may be null, 0 where it always is; and in how many rows it is not. */
const summed = (column: string, sum: string, count: string): string =>
  `sum(CASE WHEN ${column} IS NULL THEN 0 ELSE ${column} END) AS ${sum}, sum((${column} IS NOT NULL)::int)::bigint AS ${count}`;

/** How each family of the platform counts its facts, said of the facts themselves. */
export const PLATFORM_FAMILIES = [
  {
    name: 'order_facts',
    levels: LEVELS,
    columns:
      'kind, region, orders, amount, amounts, total_seconds, totals, transit_seconds, transits, late, score',
    raw: (
      bucket: string,
    ) => `SELECT ${bucket.replace('$', 'at')} AS bucket, kind, ${region}, count(*)::bigint AS orders,
                                     ${summed('amount', 'amount', 'amounts')},
                                     ${summed('total_seconds', 'total_seconds', 'totals')},
                                     ${summed('transit_seconds', 'transit_seconds', 'transits')},
                                     sum((kind = 'DELIVERED' AND at > promised_at IS TRUE)::int)::bigint AS late,
                                     sum(CASE WHEN score IS NULL THEN 0 ELSE score END)::bigint AS score
                              FROM order_facts GROUP BY 1, 2, 3`,
  },
  {
    name: 'delivery_events',
    levels: LEVELS,
    columns: 'region, event_type, reason, events',
    raw: (
      bucket: string,
    ) => `SELECT ${bucket.replace('$', 'occurred_at')} AS bucket, ${region}, event_type, reason,
                                     count(*)::bigint AS events
                              FROM deliveries GROUP BY 1, 2, 3, 4`,
  },
  {
    name: 'restaurants',
    levels: LEVELS,
    columns: 'region, event_type, reason, events, latency_ms, latencies, prep_seconds, preparations',
    raw: (
      bucket: string,
    ) => `SELECT ${bucket.replace('$', 'occurred_at')} AS bucket, ${region}, event_type, reason,
                                     count(*)::bigint AS events, ${summed('latency_ms', 'latency_ms', 'latencies')},
                                     ${summed('prep_seconds', 'prep_seconds', 'preparations')}
                              FROM restaurants GROUP BY 1, 2, 3, 4`,
  },
  {
    name: 'payments',
    levels: LEVELS,
    columns: 'region, method, event_type, reason, events, amount',
    raw: (
      bucket: string,
    ) => `SELECT ${bucket.replace('$', 'occurred_at')} AS bucket, ${region}, method, event_type, reason,
                                     count(*)::bigint AS events,
                                     sum(CASE WHEN amount IS NULL THEN 0 ELSE amount END) AS amount
                              FROM payments GROUP BY 1, 2, 3, 4, 5`,
  },
  {
    name: 'series_points',
    levels: ['1h', '1d'],
    // What is added up in another order differs in the last digits.
    columns: `series_key, steps, unusual, round(sum::numeric, 6) AS sum, round(n::numeric, 6) AS n, observations, expectations,
              round(observed::numeric, 6) AS observed, round(expected::numeric, 6) AS expected`,
    raw: (
      bucket: string,
    ) => `SELECT ${bucket.replace('$', 'at')} AS bucket, series_key, count(*)::bigint AS steps,
                                     sum(anomalous::int)::bigint AS unusual, sum(sum) AS sum, sum(n) AS n,
                                     sum(observed) AS observed, sum((observed IS NOT NULL)::int)::bigint AS observations,
                                     sum(expected) AS expected, sum((expected IS NOT NULL)::int)::bigint AS expectations
                              FROM series_points GROUP BY 1, 2`,
  },
];
