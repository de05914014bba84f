-- By squares of a quarter of a degree: dots that do not hide each other.
SELECT avg(z.latitude) AS latitude, avg(z.longitude) AS longitude, min(z.state) AS state, sum(d.deliveries)::float8 AS deliveries,
       (sum(d.seconds) / nullif(sum(d.preparations), 0))::float8 / 86400 AS preparation
FROM (
    SELECT zip, sum(deliveries) AS deliveries, sum(preparations) AS preparations, sum(preparation_seconds) AS seconds
    FROM seller_zips_1d
    WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
    GROUP BY 1
) AS d
JOIN zip_coordinates z USING (zip)
GROUP BY round(z.latitude * 4), round(z.longitude * 4)
ORDER BY deliveries DESC LIMIT 2000
