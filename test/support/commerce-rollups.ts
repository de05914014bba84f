/** Seconds from one column to another, exact; null where one is not known. */
const seconds = (from: string, to: string): string =>
  `(extract(epoch FROM ${to}) - extract(epoch FROM ${from}))`;

const BY_STAGE = `(VALUES ('approval', created_at, approved_at), ('preparation', approved_at, handed_over_at),
                          ('transit', handed_over_at, delivered_at), ('in all', created_at, delivered_at))`;

/** The class is one more than the number of limits that the value has reached. */
const transitTimes = (bucket: string, value: string, limits: readonly number[], name: string): string =>
  `SELECT ${bucket.replace('$', 'delivered_at')} AS bucket,
          1 + ${limits.map((limit) => `(${value} >= ${limit})::int`).join(' + ')} AS ${name},
          CASE WHEN delivered_at <= handed_over_at THEN -32768
               ELSE round(log(1.05, extract(epoch FROM delivered_at - handed_over_at))) END::smallint AS bin,
          count(*)::bigint AS trips
   FROM delivery_outcomes WHERE handed_over_at IS NOT NULL AND ${value} IS NOT NULL GROUP BY 1, 2, 3`;

/** How each family of sales, deliveries and reviews counts its facts, said of the facts themselves. */
export const COMMERCE_FAMILIES = [
  {
    name: 'sales_lines',
    levels: ['1h', '1d'],
    columns: 'product_id, seller_id, lines, pieces, revenue, freight',
    raw: (bucket: string) => `SELECT ${bucket.replace('$', 'partition_at')} AS bucket, product_id, seller_id,
                                     count(*)::bigint AS lines, sum(quantity)::bigint AS pieces,
                                     sum(CASE WHEN price IS NULL THEN 0 ELSE price * quantity END) AS revenue,
                                     sum(CASE WHEN freight IS NULL THEN 0 ELSE freight END) AS freight
                              FROM order_items GROUP BY 1, 2, 3`,
  },
  {
    name: 'sales_orders',
    levels: ['1h', '1d'],
    columns: 'product_id, seller_id, orders, pieces, revenue',
    raw: (bucket: string) => `SELECT ${bucket.replace('$', 'partition_at')} AS bucket, product_id, seller_id,
                                     count(*)::bigint AS orders, sum(quantity)::bigint AS pieces,
                                     sum(CASE WHEN amount IS NULL THEN 0 ELSE amount END) AS revenue
                              FROM orders WHERE items IS NULL GROUP BY 1, 2, 3`,
  },
  {
    name: 'order_values',
    levels: ['1d'],
    columns: 'currency, bin, orders, canceled, amount, canceled_amount',
    raw: (bucket: string) => `SELECT ${bucket.replace('$', 'partition_at')} AS bucket, currency,
                                     CASE WHEN amount <= 0 THEN -32768 ELSE round(log(1.05, amount)) END::smallint AS bin,
                                     count(*)::bigint AS orders, sum((canceled_at IS NOT NULL)::int)::bigint AS canceled,
                                     sum(amount) AS amount,
                                     sum(CASE WHEN canceled_at IS NULL THEN 0 ELSE amount END) AS canceled_amount
                              FROM orders WHERE amount IS NOT NULL GROUP BY 1, 2, 3`,
  },
  {
    name: 'stages',
    levels: ['1d'],
    columns: `region, seller_id, late, orders, approvals, approval_seconds, preparations, preparation_seconds,
              preparation_squares, transits, transit_seconds, totals, total_seconds, promises, promised_seconds, error_seconds`,
    raw: (bucket: string) => `SELECT ${bucket.replace('$', 'delivered_at')} AS bucket,
                                     CASE WHEN region IS NULL THEN 'unknown' ELSE region END AS region, seller_id, late,
                                     count(*)::bigint AS orders,
                                     count(approval)::bigint AS approvals, sum(approval) AS approval_seconds,
                                     count(preparation)::bigint AS preparations, sum(preparation) AS preparation_seconds,
                                     sum(preparation * preparation) AS preparation_squares,
                                     count(transit)::bigint AS transits, sum(transit) AS transit_seconds,
                                     count(total)::bigint AS totals, sum(total) AS total_seconds,
                                     count(promised)::bigint AS promises, sum(promised) AS promised_seconds,
                                     sum(error) AS error_seconds
                              FROM (SELECT *, CASE WHEN promised_at IS NULL THEN NULL ELSE promised_at < delivered_at END AS late,
                                           ${seconds('created_at', 'approved_at')} AS approval,
                                           ${seconds('approved_at', 'handed_over_at')} AS preparation,
                                           ${seconds('handed_over_at', 'delivered_at')} AS transit,
                                           ${seconds('created_at', 'delivered_at')} AS total,
                                           ${seconds('created_at', 'promised_at')} AS promised,
                                           ${seconds('promised_at', 'delivered_at')} AS error
                                    FROM delivery_outcomes) AS outcomes
                              GROUP BY 1, 2, 3, 4`,
  },
  {
    name: 'stage_times',
    levels: ['1d'],
    columns: 'stage, bin, orders',
    raw: (bucket: string) => `SELECT ${bucket.replace('$', 'delivered_at')} AS bucket, stage,
                                     CASE WHEN ended <= begun THEN -32768
                                          ELSE round(log(1.05, extract(epoch FROM ended - begun))) END::smallint AS bin,
                                     count(*)::bigint AS orders
                              FROM delivery_outcomes, LATERAL ${BY_STAGE} AS stages (stage, begun, ended)
                              WHERE begun IS NOT NULL AND ended IS NOT NULL GROUP BY 1, 2, 3`,
  },
  {
    name: 'promise_errors',
    levels: ['1d'],
    columns: 'days, orders',
    raw: (bucket: string) => `SELECT ${bucket.replace('$', 'delivered_at')} AS bucket,
                                     div(${seconds('promised_at', 'delivered_at')} - mod(mod(${seconds('promised_at', 'delivered_at')}, 86400) + 86400, 86400), 86400)::integer AS days,
                                     count(*)::bigint AS orders
                              FROM delivery_outcomes WHERE promised_at IS NOT NULL GROUP BY 1, 2`,
  },
  {
    name: 'routes',
    levels: ['1d'],
    columns: `seller_state, region, trips, late, promised, transit_seconds, transit_squares, distances, distance_km,
              distance_seconds`,
    raw: (bucket: string) => `SELECT ${bucket.replace('$', 'delivered_at')} AS bucket,
                                     CASE WHEN seller_state IS NULL THEN 'unknown' ELSE seller_state END AS seller_state,
                                     CASE WHEN region IS NULL THEN 'unknown' ELSE region END AS region,
                                     count(*)::bigint AS trips,
                                     sum((delivered_at > promised_at IS TRUE)::int)::bigint AS late,
                                     sum((promised_at IS NOT NULL)::int)::bigint AS promised,
                                     sum(transit) AS transit_seconds, sum(transit * transit) AS transit_squares,
                                     count(distance_km)::bigint AS distances, sum(distance_km::numeric) AS distance_km,
                                     sum(CASE WHEN distance_km IS NULL THEN NULL ELSE transit END) AS distance_seconds
                              FROM (SELECT *, ${seconds('handed_over_at', 'delivered_at')} AS transit
                                    FROM delivery_outcomes WHERE handed_over_at IS NOT NULL) AS trips
                              GROUP BY 1, 2, 3`,
  },
  {
    name: 'distance_times',
    levels: ['1d'],
    columns: 'band, bin, trips',
    raw: (bucket: string) =>
      transitTimes(bucket, 'distance_km', [25, 50, 100, 200, 400, 700, 1000, 1500, 2000, 2500], 'band'),
  },
  {
    name: 'weight_times',
    levels: ['1d'],
    columns: 'class, bin, trips',
    raw: (bucket: string) =>
      transitTimes(bucket, 'weight_g', [500, 1000, 2000, 5000, 10_000, 20_000], 'class'),
  },
  {
    name: 'customer_zips',
    levels: ['1d'],
    columns: 'zip, deliveries, late, transits, transit_seconds',
    raw: (bucket: string) => `SELECT ${bucket.replace('$', 'delivered_at')} AS bucket, customer_zip AS zip,
                                     count(*)::bigint AS deliveries,
                                     sum((delivered_at > promised_at IS TRUE)::int)::bigint AS late,
                                     sum((handed_over_at IS NOT NULL)::int)::bigint AS transits,
                                     sum(${seconds('handed_over_at', 'delivered_at')}) AS transit_seconds
                              FROM delivery_outcomes WHERE customer_zip IS NOT NULL GROUP BY 1, 2`,
  },
  {
    name: 'seller_zips',
    levels: ['1d'],
    columns: 'zip, deliveries, preparations, preparation_seconds',
    raw: (bucket: string) => `SELECT ${bucket.replace('$', 'delivered_at')} AS bucket, seller_zip AS zip,
                                     count(*)::bigint AS deliveries,
                                     sum((handed_over_at IS NOT NULL AND approved_at IS NOT NULL)::int)::bigint AS preparations,
                                     sum(${seconds('approved_at', 'handed_over_at')}) AS preparation_seconds
                              FROM delivery_outcomes WHERE seller_zip IS NOT NULL GROUP BY 1, 2`,
  },
  {
    name: 'reviews',
    levels: ['1d'],
    columns: 'score, reviews',
    raw: (
      bucket: string,
    ) => `SELECT ${bucket.replace('$', 'occurred_at')} AS bucket, score, count(*)::bigint AS reviews
                              FROM reviews GROUP BY 1, 2`,
  },
];
