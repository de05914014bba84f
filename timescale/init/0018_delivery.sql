-- What is learnt from the milestones of orders: outcomes, sellers, routes, grades, orders at risk.

-- One row an order that was delivered, by the moment it was delivered.
CREATE TABLE IF NOT EXISTS delivery_outcomes (
    delivered_at   timestamptz      NOT NULL,
    order_id       text             NOT NULL,
    seller_id      text,
    product_id     text,
    category       text,
    region         text,
    seller_state   text,
    customer_zip   text,
    seller_zip     text,
    distance_km    double precision,
    weight_g       integer,
    volume_cm3     integer,
    amount         numeric,
    created_at     timestamptz,
    approved_at    timestamptz,
    handed_over_at timestamptz,
    promised_at    timestamptz
);
SELECT create_hypertable('delivery_outcomes', by_range('delivered_at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS delivery_outcomes_identity ON delivery_outcomes (order_id, delivered_at);
CREATE INDEX IF NOT EXISTS delivery_outcomes_of_seller ON delivery_outcomes (seller_id, delivered_at);
CREATE INDEX IF NOT EXISTS delivery_outcomes_time ON delivery_outcomes (delivered_at);
COMMENT ON TABLE delivery_outcomes IS 'Delivered orders. Stage times that are unknown, or impossible (before the stage before), are null.';

-- Sums by seller, as of the last milestone followed.
CREATE TABLE IF NOT EXISTS seller_stats (
    seller_id         text             PRIMARY KEY,
    orders            integer          NOT NULL,
    revenue           double precision NOT NULL,
    preparations      integer          NOT NULL,
    preparation_mean  double precision NOT NULL,
    preparation_m2    double precision NOT NULL,
    preparation_p95   double precision,
    deliveries        integer          NOT NULL,
    late              integer          NOT NULL,
    reviews           integer          NOT NULL,
    review_sum        integer          NOT NULL,
    speed_sum         double precision NOT NULL,
    sla_breaches      integer          NOT NULL,
    preparation_bins  jsonb            NOT NULL DEFAULT '[]',
    month             date             NOT NULL,
    month_sums        jsonb            NOT NULL,
    warned_at         timestamptz,
    warning_open      boolean          NOT NULL DEFAULT false,
    updated_at        timestamptz      NOT NULL
);
COMMENT ON TABLE seller_stats IS 'An order of several sellers counts for each of them.';
COMMENT ON COLUMN seller_stats.orders IS 'Approved; revenue is that of their lines, pieces x price.';
COMMENT ON COLUMN seller_stats.preparations IS 'Orders handed over after they were approved.';
COMMENT ON COLUMN seller_stats.deliveries IS 'Delivered orders that had a promised date; late: delivered after it.';
COMMENT ON COLUMN seller_stats.speed_sum IS 'Sum over preparations of h / (h + seconds), h a setting: 1 for no time at all.';
COMMENT ON COLUMN seller_stats.sla_breaches IS 'Preparations that ended after the promised hand-over; without one, after the limit of the preparation.';
COMMENT ON COLUMN seller_stats.month_sums IS 'What came in this month: the same sums.';
COMMENT ON COLUMN seller_stats.preparation_mean IS 'Seconds from approval to hand-over.';
COMMENT ON COLUMN seller_stats.preparation_m2 IS 'Sum of squared deviations from the mean (Welford), in square seconds.';
COMMENT ON COLUMN seller_stats.preparation_bins IS 'Histogram: [[bin, count], ...]; a bin is round(ln(seconds) / ln(1.05)), -32768: no time at all.';
COMMENT ON COLUMN seller_stats.warned_at IS 'Event time of the last restock warning.';
COMMENT ON COLUMN seller_stats.warning_open IS 'What it warned of still holds.';

-- Rank of every seller at the end of each month (and so far, for the running one).
CREATE TABLE IF NOT EXISTS seller_scores (
    month        date             NOT NULL,
    seller_id    text             NOT NULL,
    rank         integer          NOT NULL,
    score        double precision NOT NULL,
    speed        double precision NOT NULL,
    reliability  double precision NOT NULL,
    satisfaction double precision NOT NULL,
    orders       integer          NOT NULL,
    sla_breaches integer          NOT NULL,
    month_orders integer          NOT NULL,
    month_score  double precision,
    month_rank   integer,
    as_of        timestamptz      NOT NULL,
    PRIMARY KEY (month, seller_id)
);
COMMENT ON COLUMN seller_scores.rank IS 'By score, of all that is known by then; 1 is the best. Equal scores share one.';
COMMENT ON COLUMN seller_scores.orders IS 'Approved since the beginning; month_orders: in this month.';
COMMENT ON COLUMN seller_scores.sla_breaches IS 'In this month.';
COMMENT ON COLUMN seller_scores.month_score IS 'By what came in this month alone; null: nothing came.';
COMMENT ON COLUMN seller_scores.month_rank IS 'By month_score, among sellers with enough orders in this month; 1 is the seller of the month.';
COMMENT ON COLUMN seller_scores.as_of IS 'Event time: the end of a day (UTC).';
COMMENT ON TABLE seller_scores IS 'Each part in 0..1, shrunk towards the mean of all sellers for few orders; score is their weighted mean.';

-- Lead times (hand-over to delivery) by route, from the exact one to all of them.
CREATE TABLE IF NOT EXISTS route_stats (
    level          text             NOT NULL,
    route          text             NOT NULL,
    trips          integer          NOT NULL,
    mean_seconds   double precision NOT NULL,
    m2_seconds     double precision NOT NULL,
    log_mean       double precision NOT NULL,
    log_m2         double precision NOT NULL,
    distance_km    double precision,
    distance_trips integer          NOT NULL,
    weight_g       double precision,
    weight_trips   integer          NOT NULL,
    volume_cm3     double precision,
    volume_trips   integer          NOT NULL,
    late           integer          NOT NULL,
    updated_at     timestamptz      NOT NULL,
    PRIMARY KEY (level, route)
);
COMMENT ON COLUMN route_stats.level IS 'zip (seller zip > customer zip, category), city, state, distance (band), all.';
COMMENT ON COLUMN route_stats.m2_seconds IS 'Sum of squared deviations from the mean (Welford).';
COMMENT ON COLUMN route_stats.log_mean IS 'Mean of the natural logarithm of the seconds; log_m2 its sum of squared deviations.';
COMMENT ON COLUMN route_stats.distance_km IS 'Mean great-circle distance of the distance_trips trips of which it is known; weight_g and volume_cm3 likewise.';

-- What is remembered that is no table of its own: the coefficients of a model, its examples.
CREATE TABLE IF NOT EXISTS learnt_states (
    name       text        NOT NULL,
    key        text        NOT NULL,
    state      jsonb       NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (name, key)
);

CREATE TABLE IF NOT EXISTS product_grades (
    product_id    text             PRIMARY KEY,
    grade         text             NOT NULL CHECK (grade IN ('A', 'B', 'C')),
    revenue       double precision NOT NULL,
    revenue_share double precision,
    orders        integer          NOT NULL,
    order_share   double precision,
    graded_at     timestamptz
);
COMMENT ON COLUMN product_grades.revenue IS 'Pieces x price of approved orders, as of the last milestone followed; orders likewise.';
COMMENT ON COLUMN product_grades.revenue_share IS 'Cumulative, from the best-selling product down, as of graded_at.';
COMMENT ON COLUMN product_grades.order_share IS 'Of all orders, those of products ordered at least as often, as of graded_at.';
COMMENT ON COLUMN product_grades.graded_at IS 'When grade or shares last changed by more than half a percent; null: not graded yet, so C.';

-- Every assessment of an order: at approval and at hand-over, and when a limit is passed.
CREATE TABLE IF NOT EXISTS delivery_risks (
    assessed_at  timestamptz      NOT NULL,
    order_id     text             NOT NULL,
    moment       text             NOT NULL CHECK (moment IN ('APPROVAL', 'HAND_OVER', 'PREPARATION', 'TRANSIT')),
    probability  double precision NOT NULL CHECK (probability BETWEEN 0 AND 1),
    expected_at  timestamptz      NOT NULL,
    earliest_at  timestamptz      NOT NULL,
    latest_at    timestamptz      NOT NULL,
    promised_at  timestamptz,
    limit_at     timestamptz,
    seller_id    text,
    product_id   text,
    region       text,
    grade        text,
    reasons      jsonb            NOT NULL DEFAULT '[]'
);
SELECT create_hypertable('delivery_risks', by_range('assessed_at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS delivery_risks_identity ON delivery_risks (order_id, moment, assessed_at);
CREATE INDEX IF NOT EXISTS delivery_risks_time ON delivery_risks (assessed_at DESC);
COMMENT ON COLUMN delivery_risks.probability IS 'That the order arrives after promised_at, as known at assessed_at.';
COMMENT ON COLUMN delivery_risks.earliest_at IS '10 % of such orders arrive before; latest_at: 90 %.';
COMMENT ON COLUMN delivery_risks.limit_at IS 'PREPARATION, TRANSIT: the limit that was passed.';

-- Orders on their way: when the limit of what they wait for is reached.
CREATE TABLE IF NOT EXISTS delivery_watches (
    order_id  text        PRIMARY KEY,
    waits     text        NOT NULL CHECK (waits IN ('HAND_OVER', 'DELIVERY')),
    since     timestamptz NOT NULL,
    due_at    timestamptz,
    passed    boolean     NOT NULL,
    seller_id text,
    region    text,
    state     jsonb       NOT NULL
);
CREATE INDEX IF NOT EXISTS delivery_watches_of_seller ON delivery_watches (seller_id);
COMMENT ON COLUMN delivery_watches.since IS 'Approval, or hand-over.';
COMMENT ON COLUMN delivery_watches.due_at IS 'Null: nothing to compare with.';
COMMENT ON COLUMN delivery_watches.passed IS 'The limit has been reached: an outlier, until the row goes.';

GRANT SELECT ON delivery_outcomes, seller_stats, seller_scores, route_stats, learnt_states, product_grades,
                delivery_risks, delivery_watches TO holdfast_writer, holdfast_bot, grafana_reader;
REVOKE SELECT ON learnt_states, delivery_watches FROM grafana_reader;
GRANT INSERT ON delivery_outcomes, delivery_risks TO holdfast_writer;
GRANT SELECT (order_id, waits, since, due_at, passed, seller_id, region) ON delivery_watches TO grafana_reader;
GRANT INSERT, UPDATE ON seller_stats, seller_scores, product_grades, route_stats, learnt_states TO holdfast_writer;
GRANT INSERT, UPDATE, DELETE ON delivery_watches TO holdfast_writer;
