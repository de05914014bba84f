import type pg from 'pg';

/**
 * What the rows of the files say, as docs/replay.md reads them. Of rows with one id the first counts; what cannot be read
 * is as if it were empty; the times are of a wall clock three hours behind UTC.
 */
const FACTS = [
  `CREATE FUNCTION csv.word(cell text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT nullif(btrim(cell), '') $$`,
  `CREATE FUNCTION csv.instant(cell text) RETURNS timestamptz LANGUAGE plpgsql AS $$
   DECLARE
     read timestamptz;
   BEGIN
     read := (csv.word(cell) || '-03:00')::timestamptz;
     RETURN CASE WHEN read BETWEEN '2000-01-01Z' AND '2100-01-01Z' THEN read END;
   EXCEPTION WHEN invalid_datetime_format OR datetime_field_overflow THEN
     RETURN NULL;
   END $$`,
  `CREATE FUNCTION csv.figure(cell text, low numeric, high numeric) RETURNS numeric LANGUAGE plpgsql AS $$
   DECLARE
     read numeric;
   BEGIN
     read := csv.word(cell)::numeric;
     RETURN CASE WHEN read BETWEEN low AND high THEN read END;
   EXCEPTION WHEN invalid_text_representation THEN
     RETURN NULL;
   END $$`,
  `CREATE FUNCTION csv.zip(cell text) RETURNS text LANGUAGE sql AS $$ SELECT lpad(csv.word(cell), 5, '0') $$`,

  `CREATE TABLE csv.person AS
   SELECT DISTINCT ON (1) csv.word(customer_id) AS customer_id, csv.word(customer_unique_id) AS user_id,
          csv.zip(customer_zip_code_prefix) AS zip, csv.word(customer_city) AS city, csv.word(customer_state) AS state
   FROM csv.customers WHERE csv.word(customer_id) IS NOT NULL ORDER BY 1, nr`,
  `CREATE TABLE csv.shop AS
   SELECT DISTINCT ON (1) csv.word(seller_id) AS seller_id, csv.zip(seller_zip_code_prefix) AS zip,
          csv.word(seller_city) AS city, csv.word(seller_state) AS state
   FROM csv.sellers WHERE csv.word(seller_id) IS NOT NULL ORDER BY 1, nr`,
  `CREATE TABLE csv.good AS
   SELECT DISTINCT ON (1) csv.word(product_id) AS product_id,
          coalesce(csv.word(t.product_category_name_english), csv.word(p.product_category_name)) AS category,
          nullif(round(csv.figure(product_weight_g, 0, 1e6)), 0) AS weight_g,
          nullif(round(csv.figure(product_length_cm, 0, 1000) * csv.figure(product_height_cm, 0, 1000)
                       * csv.figure(product_width_cm, 0, 1000)), 0) AS volume_cm3
   FROM csv.products p
   LEFT JOIN csv.translation t ON csv.word(t.product_category_name) = csv.word(p.product_category_name)
   WHERE csv.word(product_id) IS NOT NULL ORDER BY 1, p.nr`,
  // The mean of its points; city and state of the first one.
  `CREATE TABLE csv.spot AS
   SELECT zip, avg(latitude) AS latitude, avg(longitude) AS longitude, (array_agg(city ORDER BY nr))[1] AS city,
          (array_agg(state ORDER BY nr))[1] AS state
   FROM (SELECT nr, csv.zip(geolocation_zip_code_prefix) AS zip, csv.figure(geolocation_lat, -90, 90) AS latitude,
                csv.figure(geolocation_lng, -180, 180) AS longitude, csv.word(geolocation_city) AS city,
                csv.word(geolocation_state) AS state FROM csv.geolocation) AS points
   WHERE zip IS NOT NULL AND latitude IS NOT NULL AND longitude IS NOT NULL GROUP BY zip`,

  // A promise without a time of day is of all that day.
  `CREATE TABLE csv.purchase AS
   SELECT told.*, p.user_id, p.zip, p.city, p.state,
          CASE WHEN status IN ('canceled', 'unavailable')
               THEN greatest(bought_at, approved_at, handed_at, delivered_at, promised_at) END AS canceled_at
   FROM (SELECT DISTINCT ON (1) csv.word(order_id) AS order_id, csv.word(customer_id) AS customer_id,
                csv.word(order_status) AS status, csv.instant(order_purchase_timestamp) AS bought_at,
                csv.instant(order_approved_at) AS approved_at, csv.instant(order_delivered_carrier_date) AS handed_at,
                csv.instant(order_delivered_customer_date) AS delivered_at,
                csv.instant(order_estimated_delivery_date)
                  + CASE WHEN csv.word(order_estimated_delivery_date) LIKE '% 00:00:00' THEN INTERVAL '23:59:59'
                         ELSE INTERVAL '0' END AS promised_at
         FROM csv.orders
         WHERE csv.word(order_id) IS NOT NULL AND csv.instant(order_purchase_timestamp) IS NOT NULL
         ORDER BY 1, nr) AS told
   LEFT JOIN csv.person p USING (customer_id)`,
  `CREATE TABLE csv.piece AS
   SELECT DISTINCT ON (order_id, place) csv.word(order_id) AS order_id,
          coalesce(csv.figure(order_item_id, 0, 100000), 0) AS place, csv.word(product_id) AS product_id,
          csv.word(seller_id) AS seller_id, csv.figure(price, 0, 1e12) AS price,
          csv.figure(freight_value, 0, 1e12) AS freight, csv.instant(shipping_limit_date) AS hand_over_by
   FROM csv.items WHERE csv.word(order_id) IN (SELECT order_id FROM csv.purchase) AND csv.word(product_id) IS NOT NULL
   ORDER BY order_id, place, nr`,
  `CREATE TABLE csv.line AS
   SELECT order_id, product_id, seller_id, min(place) AS place, count(*) AS quantity, round(avg(price), 2) AS price,
          min(hand_over_by) AS hand_over_by
   FROM csv.piece GROUP BY 1, 2, 3`,
  `CREATE TABLE csv.paid AS
   SELECT order_id, sum(value) AS amount
   FROM (SELECT DISTINCT ON (1, 2) csv.word(order_id) AS order_id,
                coalesce(csv.figure(payment_sequential, 0, 100000), 0) AS place,
                csv.figure(payment_value, 0, 1e12) AS value
         FROM csv.payments WHERE csv.word(order_id) IN (SELECT order_id FROM csv.purchase) ORDER BY 1, 2, nr) AS payments
   GROUP BY 1`,
  `CREATE TABLE csv.opinion AS
   SELECT DISTINCT ON (order_id, review_id) csv.word(order_id) AS order_id, csv.word(review_id) AS review_id,
          csv.figure(review_score, 1, 5) AS score, csv.instant(review_answer_timestamp) AS answered_at
   FROM csv.reviews
   WHERE csv.word(order_id) IN (SELECT order_id FROM csv.purchase) AND csv.word(review_id) IS NOT NULL
     AND csv.figure(review_score, 1, 5) % 1 = 0 AND csv.instant(review_answer_timestamp) IS NOT NULL
   ORDER BY order_id, review_id, nr`,

  // An order as a journey: from the seller of its first line to the customer.
  `CREATE TABLE csv.journey AS
   SELECT o.*, f.product_id, f.seller_id, g.category, s.zip AS from_zip, coalesce(s.city, a.city) AS from_city,
          coalesce(s.state, a.state) AS from_state, b.city AS to_city, coalesce(o.state, b.state) AS to_state,
          coalesce(p.amount, (SELECT sum(coalesce(price, 0) + coalesce(freight, 0)) FROM csv.piece i
                              WHERE i.order_id = o.order_id)) AS amount,
          6371.0088 * atan2(
            sqrt(power(cosd(b.latitude) * sind(b.longitude - a.longitude), 2)
                 + power(cosd(a.latitude) * sind(b.latitude)
                         - sind(a.latitude) * cosd(b.latitude) * cosd(b.longitude - a.longitude), 2)),
            sind(a.latitude) * sind(b.latitude)
              + cosd(a.latitude) * cosd(b.latitude) * cosd(b.longitude - a.longitude)) AS km
   FROM csv.purchase o
   LEFT JOIN (SELECT DISTINCT ON (order_id) * FROM csv.line ORDER BY order_id, place) f USING (order_id)
   LEFT JOIN csv.good g USING (product_id)
   LEFT JOIN csv.shop s ON s.seller_id = f.seller_id
   LEFT JOIN csv.spot a ON a.zip = s.zip
   LEFT JOIN csv.spot b ON b.zip = o.zip
   LEFT JOIN csv.paid p USING (order_id)`,
] as const;

/** Makes tables of facts in the schema `csv` out of the files there. */
export async function makeCsvFacts(pool: pg.Pool): Promise<void> {
  for (const statement of FACTS) await pool.query(statement);
}
