-- $1 orders that began evenly over the last $2 days, with the times of their stages; what lies ahead of now is null.
CREATE TABLE made AS
WITH begun AS (
    SELECT i, now() - make_interval(days => $2::int) * (1 - i::float8 / $1::int) - random() * INTERVAL '30 seconds' AS t0,
           random() AS fate
    FROM generate_series(1, $1::int) AS i
),
paid AS (
    SELECT *, CASE WHEN fate > 0.04 THEN t0 + INTERVAL '20 seconds' + random() * INTERVAL '4 minutes' END AS t1,
           CASE WHEN fate < 0.03 THEN t0 + random() * INTERVAL '1 hour' END AS canceled
    FROM begun
),
picking AS (
    SELECT *, CASE WHEN fate < 0.06 THEN t1 + INTERVAL '3 hours' + random() * INTERVAL '9 days'
                   ELSE t1 + INTERVAL '5 minutes' + power(random(), 3) * INTERVAL '2 hours 6 minutes' END AS t2
    FROM paid
),
packed AS (SELECT *, t2 + INTERVAL '2 minutes' + power(random(), 2) * INTERVAL '90 minutes' AS t3 FROM picking),
shipped AS (SELECT *, t3 + INTERVAL '20 minutes' + random() * INTERVAL '14 hours' AS t4 FROM packed),
delivered AS (SELECT *, t4 + INTERVAL '8 hours' + power(random(), 2) * INTERVAL '4 days' AS t5 FROM shipped)
SELECT i, 'order-' || lpad(i::text, 9, '0') AS order_id, t0, CASE WHEN canceled <= now() THEN canceled END AS canceled,
       CASE WHEN t1 <= now() THEN t1 END AS t1,
       CASE WHEN t2 <= now() THEN t2 END AS t2,
       CASE WHEN t3 <= now() THEN t3 END AS t3,
       CASE WHEN t4 <= now() THEN t4 END AS t4,
       CASE WHEN t5 <= now() THEN t5 END AS t5,
       t0 + INTERVAL '2 days' + random() * INTERVAL '3 days' AS promised,
       (ARRAY['Seoul', 'Busan', 'Incheon', 'Daegu', 'Daejeon', 'Gwangju', 'Ulsan', 'Sejong', 'Gyeonggi', 'Gangwon',
              'Jeju'])[1 + floor(power(random(), 2) * 11)::int] AS region,
       1 + floor(power(random(), 2) * 2000)::int AS product,
       fate
FROM delivered
