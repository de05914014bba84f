SELECT CASE
           WHEN age IS NULL THEN 'no data'
           WHEN age < 120 THEN round(age) || ' s'
           WHEN age < 7200 THEN round(age / 60) || ' min'
           WHEN age < 172800 THEN round(age / 3600) || ' h'
           ELSE round(age / 86400) || ' days'
       END AS age
FROM (SELECT greatest(0, extract(epoch FROM now() - max(updated_at))) AS age FROM consumer_offsets) AS last
