INSERT INTO zip_coordinates (zip, latitude, longitude, city, state)
SELECT lpad(i::text, 5, '0'), 33.5 + (i * 7919 % 4800) / 1000.0, 126.2 + (i * 104729 % 3200) / 1000.0, 'city ' || i % 160, 'state ' || i % 17
FROM generate_series(0, 2999) AS i
