CREATE TABLE IF NOT EXISTS products (
    product_id    text        PRIMARY KEY,
    product_name  text,
    category      text,
    price         numeric,
    currency      text,
    seller_id     text,
    weight_g      integer,
    opening_stock integer     CHECK (opening_stock >= 0),
    created_at    timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN products.opening_stock IS 'Pieces at hand before the first order; null: the stock of this product is not tracked.';

CREATE TABLE IF NOT EXISTS inventory (
    product_id     text        PRIMARY KEY,
    current_stock  integer     NOT NULL CHECK (current_stock >= 0),
    reserved_stock integer     NOT NULL DEFAULT 0 CHECK (reserved_stock >= 0),
    safety_stock   integer     NOT NULL DEFAULT 0,
    reorder_point  integer,
    lead_time_days numeric,
    updated_at     timestamptz NOT NULL DEFAULT now(),
    CHECK (reserved_stock <= current_stock)
);
COMMENT ON TABLE inventory IS 'Stock of tracked products; available = current_stock - reserved_stock, never negative.';

-- The stock decision of an order, taken once, with what it saw.
CREATE TABLE IF NOT EXISTS stock_reservations (
    order_id        text        PRIMARY KEY,
    product_id      text        NOT NULL,
    quantity        integer     NOT NULL CHECK (quantity >= 1),
    outcome         text        NOT NULL CHECK (outcome IN ('ENOUGH', 'SHORT')),
    available_seen  integer     NOT NULL,
    state           text        NOT NULL CHECK (state IN ('RESERVED', 'WAITING', 'RELEASED', 'SHIPPED')),
    due_at          timestamptz NOT NULL,
    decided_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS stock_reservations_waiting ON stock_reservations (product_id, due_at) WHERE state = 'WAITING';
COMMENT ON COLUMN stock_reservations.outcome IS 'SHORT holds the order (FUL-INV).';
COMMENT ON COLUMN stock_reservations.state IS 'RESERVED; WAITING while the order is held; RELEASED when canceled; SHIPPED when the goods left.';
COMMENT ON COLUMN stock_reservations.due_at IS 'Event time of the order''s first PAID-or-later event.';

CREATE TABLE IF NOT EXISTS inventory_events (
    occurred_at timestamptz NOT NULL,
    event_id    text        NOT NULL,
    product_id  text        NOT NULL,
    event_type  text        NOT NULL CHECK (event_type IN ('RECEIVED', 'RESERVED', 'RELEASED', 'SHIPPED', 'RETURNED', 'DAMAGED')),
    quantity    integer     NOT NULL,
    seller_id   text,
    order_id    text,
    source      text,
    ingested_at timestamptz NOT NULL DEFAULT now()
);
SELECT create_hypertable('inventory_events', by_range('occurred_at', INTERVAL '7 days'),
                         create_default_indexes => false, if_not_exists => true);
CREATE UNIQUE INDEX IF NOT EXISTS inventory_events_identity ON inventory_events (product_id, occurred_at, event_id);

CREATE TABLE IF NOT EXISTS sellers (
    seller_id text PRIMARY KEY,
    name      text,
    zip       text,
    city      text,
    state     text
);

CREATE TABLE IF NOT EXISTS customers (
    customer_id text PRIMARY KEY,
    user_id     text,
    zip         text,
    city        text,
    state       text
);

CREATE TABLE IF NOT EXISTS zip_coordinates (
    zip       text             PRIMARY KEY,
    latitude  double precision NOT NULL,
    longitude double precision NOT NULL,
    city      text,
    state     text
);
