import type { Database } from '../../../platform/database/database.ts';
import { insertCommerceFacts } from '../commerce-facts.ts';

const DAY = 86_400_000;

/**
 * What sales, deliveries and stock of some weeks leave behind: facts, what was learnt of them, and predictions. As tables,
 * because following orders takes weeks of them.
 *
 * @param now in milliseconds
 * @param open an order that is under way
 */
export async function seedCommerce(database: Database, now: number, open: string): Promise<void> {
  await insertCommerceFacts(database, { name: 'sold', end: now, span: 20 * DAY, orders: 150 });
  for (const [statement, ...values] of [
    [PLACES],
    [PRODUCTS],
    [SCORES, new Date(now)],
    [SELLER_STATS, new Date(now)],
    [ROUTES, new Date(now)],
    [GRADES, new Date(now)],
    [RISKS],
    [OPEN_RISK, open, new Date(now)],
    [STOCK, new Date(now)],
    [MOVEMENTS],
    [WAREHOUSES],
    [DEMAND, new Date(now)],
    [WAREHOUSE_STOCK, new Date(now)],
    [REPLENISHMENTS, new Date(now)],
    [FOLLOWED, new Date(now)],
  ] as const)
    await database.query(statement, [...values]);
}

const PLACES = `
  INSERT INTO zip_coordinates (zip, latitude, longitude, city, state) VALUES
    ('06000', 37.5, 127.0, 'Seoul', 'Seoul'), ('04000', 37.6, 126.9, 'Seoul', 'Seoul'),
    ('04001', 35.2, 129.0, 'Busan', 'Busan'), ('04002', 33.5, 126.5, 'Jeju', 'Jeju')`;

const PRODUCTS = `
  WITH told AS (
    INSERT INTO sellers (seller_id, zip, city, state) SELECT 'S-' || i, '06000', 'Seoul', 'Seoul' FROM generate_series(0, 3) AS i
  )
  INSERT INTO products (product_id, product_name, category, seller_id, weight_g, opening_stock)
  SELECT 'P-' || i, 'Kettle ' || i, 'kettles ' || i % 3, 'S-' || i % 4, 800, 50 FROM generate_series(0, 8) AS i`;

const SCORES = `
  INSERT INTO seller_scores (month, seller_id, rank, score, speed, reliability, satisfaction, orders, sla_breaches, month_orders,
                             month_score, month_rank, as_of)
  SELECT date_trunc('month', $1::timestamptz AT TIME ZONE 'UTC')::date - make_interval(months => back), 'S-' || i, i + 1,
         0.9 - i * 0.1, 0.8, 0.9, 0.7, 40, i, 20, 0.8 - i * 0.1, i + 1, $1
  FROM generate_series(0, 3) AS i, generate_series(0, 2) AS back`;

const SELLER_STATS = `
  INSERT INTO seller_stats (seller_id, orders, revenue, preparations, preparation_mean, preparation_m2, preparation_p95, deliveries,
                            late, reviews, review_sum, speed_sum, sla_breaches, month, month_sums, updated_at)
  SELECT 'S-' || i, 40, 4000, 38, 90000, 1e9, 200000, 38, i, 38, 150, 20, i, date_trunc('month', $1::timestamptz)::date, '{}', $1
  FROM generate_series(0, 3) AS i`;

const ROUTES = `
  INSERT INTO route_stats (level, route, trips, mean_seconds, m2_seconds, log_mean, log_m2, distance_km, distance_trips, weight_g,
                           weight_trips, volume_cm3, volume_trips, late, updated_at)
  SELECT level, route, 12, 300000, 1e10, 12, 1, 320, 12, 900, 12, 4000, 12, 2, $1
  FROM (VALUES ('city', 'Seoul Seoul>Busan Busan'), ('state', 'Seoul>Busan'), ('distance', '200-400 km'), ('all', '*')) AS routes (level, route)`;

const GRADES = `
  INSERT INTO product_grades (product_id, grade, revenue, revenue_share, orders, graded_at)
  SELECT 'P-' || i, (ARRAY['A', 'B', 'C'])[1 + i / 3], 1000 - i * 100, (i + 1) / 9.0, 20, $1 FROM generate_series(0, 8) AS i`;

const RISKS = `
  INSERT INTO delivery_risks (assessed_at, order_id, moment, probability, expected_at, earliest_at, latest_at, promised_at,
                              seller_id, product_id, region)
  SELECT coalesce(handed_over_at, created_at), order_id, moment, (abs(hashtext(order_id)) % 100) / 100.0, promised_at,
         promised_at - INTERVAL '2 days', promised_at + INTERVAL '2 days', promised_at, seller_id, product_id, region
  FROM delivery_outcomes, (VALUES ('APPROVAL'), ('HAND_OVER'), ('PREPARATION')) AS moments (moment)
  WHERE promised_at IS NOT NULL`;

const OPEN_RISK = `
  INSERT INTO delivery_risks (assessed_at, order_id, moment, probability, expected_at, earliest_at, latest_at, promised_at, grade)
  VALUES ($2::timestamptz - INTERVAL '1 hour', $1, 'APPROVAL', 0.7, $2::timestamptz + INTERVAL '3 days', $2::timestamptz + INTERVAL '1 day',
          $2::timestamptz + INTERVAL '6 days', $2::timestamptz + INTERVAL '2 days', 'A')`;

const STOCK = `
  WITH planned AS (
    INSERT INTO inventory_plans (product_id, opening, sold, ordered, orders, mean_daily_sales, sd_daily_sales, updated_at)
    SELECT 'P-' || i, 50, 30, 20, 1, 0.5 + i, 1, $1 FROM generate_series(0, 8) AS i
  )
  INSERT INTO inventory (product_id, current_stock, reserved_stock, safety_stock, reorder_point, lead_time_days, updated_at)
  SELECT 'P-' || i, 5 * i, 0, 3, 20, 7, $1 FROM generate_series(0, 8) AS i`;

const MOVEMENTS = `
  INSERT INTO inventory_events (occurred_at, event_id, product_id, event_type, quantity, order_id, source, current_delta, reserved_delta)
  SELECT handed_over_at, order_id, product_id, 'SHIPPED', 1, order_id, 'orders', -1, 0
  FROM delivery_outcomes WHERE handed_over_at IS NOT NULL
  UNION ALL
  SELECT delivered_at, order_id || '/back', product_id, 'RETURNED', 1, order_id, 'orders', 1, 0 FROM delivery_outcomes`;

const WAREHOUSES = `
  INSERT INTO warehouses (warehouse_id, name, zip) VALUES ('W-1', 'Seoul', '06000'), ('W-2', 'Busan', '04001')`;

const DEMAND = `
  INSERT INTO warehouse_demand (product_id, warehouse_id, mean_daily_sales, updated_at)
  SELECT 'P-' || i, 'W-' || w, 2, $1 FROM generate_series(0, 8) AS i, generate_series(1, 2) AS w`;

const WAREHOUSE_STOCK = `
  WITH kept AS (
    INSERT INTO warehouse_stock (product_id, warehouse_id, current, reserved, costed_pieces, costs)
    SELECT 'P-' || i, 'W-1', 60, 0, 60, 150 FROM generate_series(0, 8) AS i
  )
  INSERT INTO inventory_events (occurred_at, event_id, product_id, event_type, quantity, warehouse_id, unit_cost, current_delta)
  SELECT $1::timestamptz - INTERVAL '2 hours', 'in-' || i, 'P-' || i, 'RECEIVED', 60, 'W-1', 2.5, 60 FROM generate_series(0, 8) AS i`;

const REPLENISHMENTS = `
  INSERT INTO replenishments (action_id, product_id, sequence, seller_id, warehouse_id, quantity, ordered_at, due_at, received_at,
                              received_quantity)
  VALUES ('reorder-1', 'P-1', 1, 'S-1', 'W-1', 40, $1::timestamptz - INTERVAL '20 hours', $1::timestamptz + INTERVAL '7 days', NULL, 0),
         ('reorder-2', 'P-2', 1, 'S-2', 'W-1', 30, $1::timestamptz - INTERVAL '22 hours', $1::timestamptz - INTERVAL '2 hours', $1, 30)`;

const FOLLOWED = `UPDATE sequence_state SET sequenced_to = $1`;
