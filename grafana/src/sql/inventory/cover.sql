SELECT class AS cover, count(days)::float8 AS "products"
FROM (VALUES (1, '-infinity'::float8, 3, 'less than 3 days'), (2, 3, 7, '3 to 7 days'), (3, 7, 14, '1 to 2 weeks'), (4, 14, 30, '2 to 4 weeks'),
             (5, 30, 90, '1 to 3 months'), (6, 90, 'infinity'::float8, 'more than 3 months')) AS classes (place, least, below, class)
LEFT JOIN (SELECT days_of_cover::float8 AS days FROM stock_levels) AS stock ON days >= least AND days < below
GROUP BY place, class ORDER BY place
