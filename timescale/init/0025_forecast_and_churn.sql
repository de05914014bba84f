-- Demand by region and hour, forecast and as it came; how probable it is that a customer stays away, and what promotions did.

CREATE TABLE IF NOT EXISTS demand_forecasts (
    at                 timestamptz      NOT NULL,
    region             text             NOT NULL,
    issued_at          timestamptz      NOT NULL,
    expected           double precision NOT NULL,
    low                double precision NOT NULL,
    high               double precision NOT NULL,
    naive              double precision,
    day_ahead_expected double precision,
    day_ahead_low      double precision,
    day_ahead_high     double precision,
    riders_needed      double precision,
    riders_usual       double precision,
    orders             integer,
    riders             double precision
);
SELECT create_hypertable('demand_forecasts', by_range('at', INTERVAL '30 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS demand_forecasts_identity ON demand_forecasts (region, at);
CREATE INDEX IF NOT EXISTS demand_forecasts_time ON demand_forecasts (at);
COMMENT ON TABLE demand_forecasts IS 'One row a region and hour: what was expected a day before, what was expected last, and what came.';
COMMENT ON COLUMN demand_forecasts.at IS 'Start of the hour.';
COMMENT ON COLUMN demand_forecasts.issued_at IS 'Event time of the last forecast of the hour, the end of an hour itself.';
COMMENT ON COLUMN demand_forecasts.expected IS 'Orders created in the hour; low and high are meant to hold 90 % of what comes.';
COMMENT ON COLUMN demand_forecasts.naive IS 'Orders of the same hour a week before; null: nobody counted then.';
COMMENT ON COLUMN demand_forecasts.day_ahead_expected IS 'The first forecast of the hour, issued 24 hours before its end.';
COMMENT ON COLUMN demand_forecasts.riders_needed IS 'Riders that serve the expected orders at the observed productivity; null: not known.';
COMMENT ON COLUMN demand_forecasts.riders_usual IS 'Riders that are usually there in this hour of the week; null: not known.';
COMMENT ON COLUMN demand_forecasts.orders IS 'What came, known when the hour was over; null before. Later arrivals are not added.';
COMMENT ON COLUMN demand_forecasts.riders IS 'Mean of the riders that were there; null: not known, or not yet.';

CREATE TABLE IF NOT EXISTS forecast_scores (
    region         text             NOT NULL,
    horizon_hours  smallint         NOT NULL CHECK (horizon_hours BETWEEN 1 AND 24),
    day            date             NOT NULL,
    hours          integer          NOT NULL,
    orders         double precision NOT NULL,
    absolute_error double precision NOT NULL,
    naive_error    double precision NOT NULL,
    inside         integer          NOT NULL,
    PRIMARY KEY (region, horizon_hours, day)
);
CREATE INDEX IF NOT EXISTS forecast_scores_day ON forecast_scores (day);
COMMENT ON TABLE forecast_scores IS 'Forecasts against what came, by day (UTC) of the hour and by how far ahead they were. Hours without a seasonal naive forecast are not in it.';
COMMENT ON COLUMN forecast_scores.absolute_error IS 'Sum of |orders - expected|; over the sum of orders it is the weighted error (WAPE).';
COMMENT ON COLUMN forecast_scores.naive_error IS 'The same for the orders of the same hour a week before.';
COMMENT ON COLUMN forecast_scores.inside IS 'Hours whose orders lay within low and high.';

-- Which of 1024 parts of all customers one belongs to: samples and slices of work are ranges of it.
CREATE OR REPLACE FUNCTION customer_bucket(customer_id text) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (('x' || substr(md5(customer_id), 1, 4))::bit(16)::integer & 1023)::smallint
$$;

-- What customers did and what was done to them, by customer. No hypertable: it is read by customer, over all of time.
CREATE TABLE IF NOT EXISTS customer_facts (
    bucket      smallint    NOT NULL,
    customer_id text        COLLATE "C" NOT NULL,
    at          timestamptz NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('ORDERED', 'LATE', 'REFUSED')),
    order_id    text        NOT NULL,
    amount      numeric,
    region      text,
    PRIMARY KEY (bucket, customer_id, at, kind, order_id)
);
COMMENT ON COLUMN customer_facts.bucket IS 'customer_bucket(customer_id)';
COMMENT ON COLUMN customer_facts.kind IS 'ORDERED; LATE: delivered after the promise; REFUSED: canceled with a reason_code that does not begin with CUSTOMER.';

CREATE TABLE IF NOT EXISTS churn_models (
    as_of        timestamptz      PRIMARY KEY,
    horizon_days double precision NOT NULL,
    kind         text             NOT NULL CHECK (kind IN ('LOGISTIC', 'PRIOR')),
    examples     integer          NOT NULL,
    churned      integer          NOT NULL,
    effects      jsonb            NOT NULL,
    judged       integer          NOT NULL,
    auc          double precision,
    auc_low      double precision,
    auc_high     double precision,
    recency_auc  double precision,
    ece          double precision,
    brier        double precision,
    state        jsonb            NOT NULL
);
COMMENT ON TABLE churn_models IS 'The model of each week, and how the one before it stood the test.';
COMMENT ON COLUMN churn_models.as_of IS 'Event time of the training: nothing later is in it.';
COMMENT ON COLUMN churn_models.horizon_days IS 'Churned: no order within so many days.';
COMMENT ON COLUMN churn_models.kind IS 'LOGISTIC: fitted; PRIOR: too few examples, BG/NBD with parameters of its own or the usual ones.';
COMMENT ON COLUMN churn_models.effects IS '[{feature, mean, spread, coefficient, odds_ratio}]: odds of churn times odds_ratio for one spread more.';
COMMENT ON COLUMN churn_models.judged IS 'Customers of one horizon before as_of on whom a model that had not seen what came was judged; auc to brier are theirs.';
COMMENT ON COLUMN churn_models.recency_auc IS 'AUC of the time since the last order alone.';
COMMENT ON COLUMN churn_models.ece IS 'Expected calibration error over ten bins of equally many customers.';

CREATE TABLE IF NOT EXISTS customer_churn (
    customer_id   text             COLLATE "C" PRIMARY KEY,
    as_of         timestamptz      NOT NULL,
    probability   double precision NOT NULL CHECK (probability BETWEEN 0 AND 1),
    segment       text             NOT NULL CHECK (segment IN ('NEW', 'REGULAR', 'FALLING', 'LOST')),
    region        text,
    orders        integer          NOT NULL,
    first_order_at timestamptz     NOT NULL,
    last_order_at timestamptz      NOT NULL,
    mean_gap_days double precision,
    mean_value    double precision,
    late_orders   integer          NOT NULL,
    refusals      integer          NOT NULL,
    reasons       jsonb            NOT NULL
);
CREATE INDEX IF NOT EXISTS customer_churn_probability ON customer_churn (probability DESC, customer_id);
CREATE INDEX IF NOT EXISTS customer_churn_falling ON customer_churn (as_of, probability DESC, customer_id) WHERE segment = 'FALLING';
COMMENT ON TABLE customer_churn IS 'Customers as of the last weekly look at each. Whoever has not ordered for four horizons is not looked at any more.';
COMMENT ON COLUMN customer_churn.probability IS 'That the customer orders nothing within the horizon of the model, from as_of on.';
COMMENT ON COLUMN customer_churn.segment IS 'NEW: fewer than three orders. FALLING: silent for longer than 1.5 of its mean gaps. LOST: for longer than six and the horizon. REGULAR: the others.';
COMMENT ON COLUMN customer_churn.refusals IS 'Orders that were canceled by somebody else than the customer, or refused by the restaurant.';
COMMENT ON COLUMN customer_churn.reasons IS '[{feature, value, effect}], the strongest first; effect: added to the log-odds of churn against the mean customer.';

CREATE TABLE IF NOT EXISTS churn_segments (
    as_of            timestamptz      NOT NULL,
    segment          text             NOT NULL,
    region           text             NOT NULL,
    customers        integer          NOT NULL,
    probability_sum  double precision NOT NULL,
    over_threshold   integer          NOT NULL,
    PRIMARY KEY (as_of, segment, region)
);
COMMENT ON COLUMN churn_segments.over_threshold IS 'Customers whose probability is at least that of a promotion (HOLDFAST_CHURN_PROMOTION_PROBABILITY).';

CREATE TABLE IF NOT EXISTS promotions (
    promotion_id       text             PRIMARY KEY,
    at                 timestamptz      NOT NULL,
    ends_at            timestamptz      NOT NULL,
    probability        double precision NOT NULL,
    holdout_share      double precision NOT NULL,
    treated            integer          NOT NULL DEFAULT 0,
    held_out           integer          NOT NULL DEFAULT 0,
    treated_reordered  integer          NOT NULL DEFAULT 0,
    held_out_reordered integer          NOT NULL DEFAULT 0,
    status             text             NOT NULL CHECK (status IN ('RUNNING', 'OVER')),
    result             jsonb
);
CREATE INDEX IF NOT EXISTS promotions_running ON promotions (ends_at) WHERE status = 'RUNNING';
COMMENT ON TABLE promotions IS 'Weekly promotions to customers who are likely to stay away, and what they did.';
COMMENT ON COLUMN promotions.ends_at IS 'Until when an order counts as a re-order.';
COMMENT ON COLUMN promotions.treated_reordered IS 'Of the treated, those who have ordered since; held_out_reordered likewise.';
COMMENT ON COLUMN promotions.result IS '{treated: {rate, low, high}, held_out: {...}, difference: {rate, low, high}}, 95 % (Newcombe).';

CREATE TABLE IF NOT EXISTS promotion_customers (
    promotion_id text             NOT NULL,
    customer_id  text             COLLATE "C" NOT NULL,
    arm          text             NOT NULL CHECK (arm IN ('TREATED', 'HELD_OUT')),
    probability  double precision NOT NULL,
    action_id    text,
    reordered_at timestamptz,
    PRIMARY KEY (promotion_id, customer_id)
);
CREATE INDEX IF NOT EXISTS promotion_customers_of ON promotion_customers (customer_id);
COMMENT ON TABLE promotion_customers IS 'Who was in a promotion: chosen by the hash of promotion and customer, before anything was sent.';
COMMENT ON COLUMN promotion_customers.action_id IS 'The action of a treated customer.';

-- Who a customer is stays with those who may know.
CREATE OR REPLACE VIEW customer_churn_masked AS
SELECT mask_personal(customer_id) AS customer_id, as_of, probability, segment, region, orders, first_order_at, last_order_at,
       mean_gap_days, mean_value, late_orders, refusals, reasons
FROM customer_churn;

GRANT SELECT ON demand_forecasts, forecast_scores, churn_models, customer_churn, customer_churn_masked, churn_segments,
                promotions, promotion_customers, customer_facts TO holdfast_writer, holdfast_bot, grafana_reader;
REVOKE SELECT ON customer_facts, customer_churn, promotion_customers FROM grafana_reader;
GRANT INSERT ON customer_facts TO holdfast_writer;
GRANT INSERT, UPDATE ON demand_forecasts, forecast_scores, churn_models, customer_churn, churn_segments, promotions,
                        promotion_customers TO holdfast_writer;
