-- Stock by order line, its event log, reordering and warehouses.

-- An order is judged as a whole: its lines share outcome and state.
ALTER TABLE stock_reservations ADD COLUMN IF NOT EXISTS movements integer NOT NULL DEFAULT 0;
ALTER TABLE stock_reservations DROP CONSTRAINT IF EXISTS stock_reservations_pkey;
ALTER TABLE stock_reservations ADD PRIMARY KEY (order_id, product_id);
COMMENT ON TABLE stock_reservations IS 'The stock decision of an order, one row a product it asks for. Outcome and state are those of the whole order.';
COMMENT ON COLUMN stock_reservations.movements IS 'Movements of these pieces in inventory_events so far.';

ALTER TABLE inventory_events ADD COLUMN IF NOT EXISTS warehouse_id text;
ALTER TABLE inventory_events ADD COLUMN IF NOT EXISTS unit_cost numeric;
ALTER TABLE inventory_events ADD COLUMN IF NOT EXISTS current_delta integer NOT NULL DEFAULT 0;
ALTER TABLE inventory_events ADD COLUMN IF NOT EXISTS reserved_delta integer NOT NULL DEFAULT 0;
COMMENT ON TABLE inventory_events IS 'Every movement of stock. inventory is the sum of the deltas by product, and can be built anew from them.';
COMMENT ON COLUMN inventory_events.quantity IS 'Pieces, as the event says.';
COMMENT ON COLUMN inventory_events.current_delta IS 'What it changed in current_stock: less than quantity where stock would have fallen below what is reserved; 0 for a statement that moves nothing here.';
COMMENT ON COLUMN inventory_events.reserved_delta IS 'What it changed in reserved_stock.';
COMMENT ON COLUMN inventory_events.order_id IS 'The order whose pieces moved; of a RECEIVED the replenishment (action_id) that it answers.';
COMMENT ON COLUMN inventory_events.source IS 'orders: by the stock decision of an order; catalogue: what was there before the first movement; else what the event on topic inventory says.';
COMMENT ON COLUMN inventory_events.unit_cost IS 'Cost of bringing one piece in.';

-- What is in stock as this version begins: everything before it left no events.
INSERT INTO inventory_events (occurred_at, event_id, product_id, event_type, quantity, source, current_delta, reserved_delta)
SELECT TIMESTAMPTZ '2000-01-01 00:00:00+00', 'holdfast/opening', product_id, 'RECEIVED', current_stock, 'catalogue', current_stock, reserved_stock
FROM inventory
ON CONFLICT DO NOTHING;

-- The planner counts all sales from the first one on; what came in meanwhile is what it would not explain. Sales whose
-- events retention has dropped it never sees.
ALTER TABLE products ADD COLUMN IF NOT EXISTS lead_time_days numeric CHECK (lead_time_days >= 0);
ALTER TABLE inventory ADD COLUMN IF NOT EXISTS adjusted integer NOT NULL DEFAULT 0;
UPDATE inventory i SET adjusted = i.current_stock
    - coalesce((SELECT p.opening_stock FROM products p WHERE p.product_id = i.product_id), 0)
    + coalesce((SELECT sum(r.quantity) FROM stock_reservations r WHERE r.product_id = i.product_id AND r.state = 'SHIPPED'
                  AND r.due_at >= (SELECT min(occurred_at) FROM events)), 0);
COMMENT ON COLUMN products.lead_time_days IS 'From an order to the supplier until its pieces are there; null: HOLDFAST_LEAD_TIME_DAYS.';
COMMENT ON COLUMN inventory.lead_time_days IS 'The lead time that reorder_point is made for.';
COMMENT ON COLUMN inventory.adjusted IS 'Pieces that came and went otherwise than by orders, and by answers to orders of the planner.';

CREATE TABLE IF NOT EXISTS warehouses (
    warehouse_id text             PRIMARY KEY,
    name         text,
    zip          text,
    latitude     double precision,
    longitude    double precision
);
COMMENT ON TABLE warehouses IS 'Where stock may lie. One without coordinates is at those of its zip.';

-- What the planner remembers of a tracked product, as of the last milestone followed.
CREATE TABLE IF NOT EXISTS inventory_plans (
    product_id       text             PRIMARY KEY,
    seller_id        text,
    opening          integer          NOT NULL,
    sold             bigint           NOT NULL,
    ordered          bigint           NOT NULL,
    orders           integer          NOT NULL,
    sales            jsonb            NOT NULL DEFAULT '{}',
    mean_daily_sales double precision NOT NULL,
    sd_daily_sales   double precision NOT NULL,
    updated_at       timestamptz      NOT NULL
);
COMMENT ON COLUMN inventory_plans.seller_id IS 'Who sold it last.';
COMMENT ON COLUMN inventory_plans.orders IS 'Orders to the supplier so far: the sequence number of the last one.';
COMMENT ON COLUMN inventory_plans.sales IS 'Day (days since 1970-01-01, UTC) to pieces sold, within the window of the estimate.';
COMMENT ON COLUMN inventory_plans.updated_at IS 'Event time of the last sale that was followed.';
COMMENT ON COLUMN inventory_plans.mean_daily_sales IS 'Pieces a day over the window; sd_daily_sales: their standard deviation.';

-- Where the demand of a product is: by the warehouse nearest to the customer.
CREATE TABLE IF NOT EXISTS warehouse_demand (
    product_id       text             NOT NULL,
    warehouse_id     text             NOT NULL,
    sales            jsonb            NOT NULL DEFAULT '{}',
    mean_daily_sales double precision NOT NULL,
    updated_at       timestamptz      NOT NULL,
    PRIMARY KEY (product_id, warehouse_id)
);

-- Orders to the supplier, by the planner.
CREATE TABLE IF NOT EXISTS replenishments (
    action_id         text        PRIMARY KEY,
    product_id        text        NOT NULL,
    sequence          integer     NOT NULL,
    seller_id         text,
    warehouse_id      text,
    quantity          integer     NOT NULL CHECK (quantity >= 1),
    ordered_at        timestamptz NOT NULL,
    due_at            timestamptz NOT NULL,
    supplier_told     boolean     NOT NULL DEFAULT false,
    received_at       timestamptz,
    received_quantity integer     NOT NULL DEFAULT 0,
    UNIQUE (product_id, sequence)
);
CREATE INDEX IF NOT EXISTS replenishments_open ON replenishments (product_id, sequence) WHERE received_at IS NULL;
COMMENT ON COLUMN replenishments.received_at IS 'When the last of its pieces came in.';
COMMENT ON COLUMN replenishments.due_at IS 'ordered_at and the lead time.';
COMMENT ON COLUMN replenishments.supplier_told IS 'The simulated supplier has delivered, or is none of ours.';

CREATE OR REPLACE VIEW stock_levels AS
SELECT coalesce(i.product_id, p.product_id) AS product_id, p.product_name, p.category,
       coalesce(s.seller_id, p.seller_id) AS seller_id,
       coalesce(i.current_stock, p.opening_stock) AS current_stock,
       coalesce(i.reserved_stock, 0) AS reserved_stock,
       coalesce(i.current_stock, p.opening_stock) - coalesce(i.reserved_stock, 0) AS available,
       coalesce(i.safety_stock, 0) AS safety_stock,
       i.reorder_point,
       i.lead_time_days,
       coalesce(o.on_order, 0) AS on_order,
       coalesce(i.current_stock, p.opening_stock) - coalesce(i.reserved_stock, 0) + coalesce(o.on_order, 0) AS position,
       s.mean_daily_sales,
       s.sd_daily_sales,
       (coalesce(i.current_stock, p.opening_stock) - coalesce(i.reserved_stock, 0)) / nullif(s.mean_daily_sales, 0) AS days_of_cover,
       coalesce(i.updated_at, p.created_at) AS updated_at
FROM inventory i
FULL JOIN products p ON p.product_id = i.product_id
LEFT JOIN inventory_plans s ON s.product_id = coalesce(i.product_id, p.product_id)
LEFT JOIN (SELECT product_id, sum(quantity - received_quantity)::bigint AS on_order FROM replenishments WHERE received_at IS NULL GROUP BY 1) o
       ON o.product_id = coalesce(i.product_id, p.product_id)
WHERE i.product_id IS NOT NULL OR p.opening_stock IS NOT NULL;
COMMENT ON VIEW stock_levels IS 'Tracked products: what is there, what is promised, when to order, and for how many days it lasts at the present sales.';

-- Sums, so that it does not matter in which order events come; written with them.
CREATE TABLE IF NOT EXISTS warehouse_stock (
    product_id    text    NOT NULL,
    warehouse_id  text    NOT NULL,
    current       bigint  NOT NULL,
    reserved      bigint  NOT NULL,
    costed_pieces bigint  NOT NULL,
    costs         numeric NOT NULL,
    PRIMARY KEY (product_id, warehouse_id)
);
COMMENT ON TABLE warehouse_stock IS 'Sums of the inventory_events that name a warehouse, and can be built anew from them.';
COMMENT ON COLUMN warehouse_stock.current IS 'RECEIVED and RETURNED less SHIPPED and DAMAGED: below 0 where a warehouse has not told of all that came in.';
COMMENT ON COLUMN warehouse_stock.reserved IS 'RESERVED less RELEASED and SHIPPED of an order: below 0 where a warehouse ships for orders without having said RESERVED.';
COMMENT ON COLUMN warehouse_stock.costed_pieces IS 'Pieces RECEIVED whose unit_cost is known; costs: what they cost together.';

CREATE OR REPLACE VIEW stock_by_warehouse AS
SELECT product_id, warehouse_id, current AS current_stock, greatest(reserved, 0) AS reserved_stock,
       current - greatest(reserved, 0) AS available
FROM warehouse_stock;
COMMENT ON VIEW stock_by_warehouse IS 'From the events that name a warehouse: as the warehouses tell it.';

-- What each warehouse needs until a new delivery could be there, and what it has.
CREATE OR REPLACE VIEW prestock_plan AS
WITH places AS (
    SELECT product_id, warehouse_id FROM warehouse_demand
    UNION
    SELECT product_id, warehouse_id FROM stock_by_warehouse
), demand AS (
    SELECT c.product_id, c.warehouse_id, coalesce(d.mean_daily_sales, 0) AS mean_daily_sales,
           coalesce(i.lead_time_days, 0)::double precision AS lead_time_days,
           coalesce(i.safety_stock, 0) * coalesce(d.mean_daily_sales, 0)
               / nullif(sum(coalesce(d.mean_daily_sales, 0)) OVER (PARTITION BY c.product_id), 0) AS safety_share
    FROM places c
    LEFT JOIN warehouse_demand d USING (product_id, warehouse_id)
    LEFT JOIN inventory i USING (product_id)
), inbound AS (
    SELECT product_id, warehouse_id, sum(quantity - received_quantity)::bigint AS pieces FROM replenishments
    WHERE received_at IS NULL AND warehouse_id IS NOT NULL GROUP BY 1, 2
), needed AS (
    SELECT d.*, ceil(d.mean_daily_sales * d.lead_time_days + coalesce(d.safety_share, 0) - 1e-9)::bigint AS expected
    FROM demand d
)
SELECT n.product_id, n.warehouse_id, n.mean_daily_sales, n.lead_time_days, n.expected AS expected_demand,
       coalesce(s.available, 0) AS available, coalesce(b.pieces, 0) AS inbound,
       greatest(0, n.expected - coalesce(s.available, 0) - coalesce(b.pieces, 0)) AS put_in
FROM needed n
LEFT JOIN stock_by_warehouse s USING (product_id, warehouse_id)
LEFT JOIN inbound b USING (product_id, warehouse_id);
COMMENT ON VIEW prestock_plan IS 'How many pieces to put where before they are ordered: expected demand over the lead time and its share of the safety stock, less what is there or on its way.';

-- Cumulated shortages are laid over cumulated surpluses, so that no piece counts twice. What is asked twice would be
-- made for all products, even where one is asked for: therefore NOT MATERIALIZED.
CREATE OR REPLACE VIEW stock_imbalance AS
WITH balance AS NOT MATERIALIZED (
    SELECT product_id, warehouse_id, available - expected_demand AS spare, inbound FROM prestock_plan
), short AS (
    SELECT product_id, warehouse_id, -spare AS pieces, inbound,
           sum(-spare) OVER (PARTITION BY product_id ORDER BY spare, warehouse_id) AS upto
    FROM balance WHERE spare < 0
), surplus AS (
    SELECT product_id, warehouse_id, spare AS pieces,
           sum(spare) OVER (PARTITION BY product_id ORDER BY spare DESC, warehouse_id) AS upto
    FROM balance WHERE spare > 0
), costs AS (
    SELECT product_id, sum(costs) / nullif(sum(costed_pieces), 0) AS unit_inbound_cost FROM warehouse_stock GROUP BY 1
), pairs AS (
    SELECT s.product_id, s.warehouse_id AS short_warehouse, s.pieces AS short_pieces, s.inbound AS inbound_pieces,
           p.warehouse_id AS surplus_warehouse, p.pieces AS surplus_pieces,
           (least(s.upto, p.upto) - greatest(s.upto - s.pieces, p.upto - p.pieces))::bigint AS movable_pieces
    FROM short s JOIN surplus p
      ON p.product_id = s.product_id
     AND least(s.upto, p.upto) > greatest(s.upto - s.pieces, p.upto - p.pieces)
)
SELECT pairs.*, costs.unit_inbound_cost, movable_pieces * costs.unit_inbound_cost AS duplicated_inbound_cost
FROM pairs LEFT JOIN costs USING (product_id);
COMMENT ON VIEW stock_imbalance IS 'Warehouses that are short of a product while others have more than they need: what could be moved, and the cost of bringing in anew what is there already.';

GRANT SELECT ON warehouses, warehouse_stock, inventory_plans, warehouse_demand, replenishments,
                stock_levels, stock_by_warehouse, prestock_plan, stock_imbalance
    TO holdfast_writer, holdfast_bot, grafana_reader;
GRANT INSERT, UPDATE ON warehouses, warehouse_stock, inventory_plans, warehouse_demand, replenishments TO holdfast_writer;
GRANT DELETE ON stock_reservations TO holdfast_writer;
