/**
 * What each role may do, relation by relation and function by function. A new one belongs here: nobody but its maker can
 * know who is to see it, and without a decision the tests of the roles fail.
 */

export const ROLES = ['holdfast_writer', 'holdfast_bot', 'grafana_reader'] as const;
export type Role = (typeof ROLES)[number];

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Relations with personal data, or with bytes of which nobody knows; Grafana reads views of them. */
export const CLOSED_TO_GRAFANA: ReadonlySet<string> = new Set(
  words(`
  actions alerts arrivals customer_churn customer_facts customers delivery_watches detector_states holds
  kafka_outbox learnt_states orders orders_current orders_raw pipeline_error_logs promotion_customers
  reviews riders webhook_outbox
  `),
);

/** All roles read these. */
export const OPEN_TO_GRAFANA: ReadonlySet<string> = new Set(
  words(`
  actions_masked alert_actions alert_actions_1d alert_actions_1h alerts_masked anomalies churn_models
  churn_segments consumer_offsets customer_churn_masked customer_zips_1d delays_1d delays_1h delays_30m
  deliveries deliveries_1d deliveries_1h delivery_events_1d delivery_events_1h delivery_events_1m
  delivery_outcomes delivery_risks delivery_stages demand_forecasts detection_progress distance_times_1d
  error_fingerprints event_copies events events_1d events_1h events_1m events_30m forecast_scores
  holds_masked incidents inventory inventory_events inventory_plans late_milestones lead_times_1d
  lead_times_1h metrics_window ops_samples order_facts order_facts_1d order_facts_1h order_facts_1m
  order_items order_keys order_legs order_values_1d orders_in_time orders_in_time_state orders_masked
  orders_open_now orders_waiting payments payments_1d payments_1h payments_1m prestock_plan product_grades
  products promise_errors_1d promotions records_1d records_1h records_1m records_30m rejected_records
  replenishments response_state restaurants restaurants_1d restaurants_1h restaurants_1m reviews_1d
  reviews_masked route_stats routes_1d sales_1d sales_1h sales_lines_1d sales_lines_1h sales_orders_1d
  sales_orders_1h schema_migrations seller_scores seller_stats seller_zips_1d sellers sequence_state
  series_points series_points_1d series_points_1h slack_alert_log slack_follow_ups slack_messages
  slack_refresh slack_replies slack_requests source_readings stage_times_1d stages_1d state_deltas
  state_deltas_1d state_deltas_1h state_deltas_1m state_deltas_30m stock_by_warehouse stock_imbalance
  stock_levels stock_reservations warehouse_demand warehouse_stock warehouses weight_times_1d
  zip_coordinates
  `),
);

export const mayRead = (role: string, relation: string): boolean =>
  OPEN_TO_GRAFANA.has(relation) || (CLOSED_TO_GRAFANA.has(relation) && role !== 'grafana_reader');

/** What each role may write, table by table. */
export const MAY_WRITE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  holdfast_writer: {
    orders_raw: 'INSERT',
    events: 'INSERT',
    arrivals: 'INSERT',
    state_deltas: 'INSERT',
    order_keys: 'INSERT',
    pipeline_error_logs: 'INSERT',
    slack_alert_log: 'INSERT',
    inventory_events: 'INSERT',
    anomalies: 'INSERT UPDATE',
    actions: 'INSERT UPDATE',
    ops_samples: 'INSERT',
    alert_actions: 'INSERT',
    orders: 'INSERT UPDATE',
    holds: 'INSERT UPDATE',
    alerts: 'INSERT UPDATE',
    consumer_offsets: 'INSERT UPDATE',
    products: 'INSERT UPDATE',
    inventory: 'INSERT UPDATE',
    stock_reservations: 'INSERT UPDATE DELETE',
    warehouses: 'INSERT UPDATE',
    warehouse_stock: 'INSERT UPDATE',
    orders_in_time: 'INSERT UPDATE',
    orders_in_time_state: 'INSERT UPDATE',
    event_copies: 'INSERT',
    inventory_plans: 'INSERT UPDATE',
    warehouse_demand: 'INSERT UPDATE',
    replenishments: 'INSERT UPDATE',
    sellers: 'INSERT UPDATE',
    customers: 'INSERT UPDATE',
    zip_coordinates: 'INSERT UPDATE',
    kafka_outbox: 'INSERT UPDATE DELETE',
    order_items: 'INSERT DELETE',
    payments: 'INSERT',
    reviews: 'INSERT',
    deliveries: 'INSERT',
    riders: 'INSERT',
    restaurants: 'INSERT',
    order_facts: 'INSERT',
    series_points: 'INSERT',
    detector_states: 'INSERT UPDATE DELETE',
    detection_progress: 'INSERT UPDATE',
    incidents: 'INSERT UPDATE',
    source_readings: 'INSERT UPDATE',
    response_state: 'INSERT UPDATE',
    demand_forecasts: 'INSERT UPDATE',
    forecast_scores: 'INSERT UPDATE',
    customer_facts: 'INSERT',
    customer_churn: 'INSERT UPDATE',
    churn_models: 'INSERT UPDATE',
    churn_segments: 'INSERT UPDATE',
    promotions: 'INSERT UPDATE',
    promotion_customers: 'INSERT UPDATE',
    late_milestones: 'INSERT DELETE',
    sequence_state: 'UPDATE',
    error_fingerprints: 'INSERT UPDATE',
    slack_refresh: 'INSERT',
    slack_replies: 'INSERT',
    webhook_outbox: 'INSERT UPDATE',
    delivery_outcomes: 'INSERT',
    delivery_risks: 'INSERT',
    seller_stats: 'INSERT UPDATE',
    seller_scores: 'INSERT UPDATE',
    product_grades: 'INSERT UPDATE',
    route_stats: 'INSERT UPDATE',
    learnt_states: 'INSERT UPDATE',
    delivery_watches: 'INSERT UPDATE DELETE',
  },
  holdfast_bot: {
    holds: 'INSERT UPDATE',
    alerts: 'INSERT UPDATE',
    alert_actions: 'INSERT',
    actions: 'INSERT',
    state_deltas: 'INSERT',
    kafka_outbox: 'INSERT',
    slack_alert_log: 'INSERT UPDATE',
    slack_messages: 'INSERT UPDATE DELETE',
    error_fingerprints: 'INSERT UPDATE',
    slack_refresh: 'INSERT DELETE',
    slack_replies: 'INSERT UPDATE DELETE',
    slack_follow_ups: 'INSERT UPDATE',
    slack_requests: 'INSERT DELETE',
  },
  grafana_reader: {},
};

/** Columns of tables that a role may read or write though not the table. */
export const MORE_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  'grafana_reader SELECT delivery_watches': words('due_at order_id passed region seller_id since waits'),
  'holdfast_bot UPDATE actions': words(
    'decided_by decided_by_id decided_clock decision_key decision_note result status updated_at',
  ),
};

/** Functions that change something, and who may call them: what they do is still judged by the caller's rights. */
export const CALLABLE: Readonly<Record<string, readonly Role[]>> = {
  change_alerts: ['holdfast_writer', 'holdfast_bot'],
  decide_action: ['holdfast_writer', 'holdfast_bot'],
  delete_old_rows: [],
  set_compression: [],
  set_retention: [],
};
