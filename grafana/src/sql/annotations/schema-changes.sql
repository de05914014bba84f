SELECT applied_at AS time, 'Schema ' || name AS text, 'schema' AS tags
FROM schema_migrations WHERE $__timeFilter(applied_at)
