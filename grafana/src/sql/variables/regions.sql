SELECT DISTINCT region FROM deliveries_1d WHERE bucket >= now() - INTERVAL '31 days' ORDER BY 1
