SELECT r.relation, r.kind, count(c.chunk_name) AS chunks, count(c.chunk_name) FILTER (WHERE c.is_compressed) AS compressed,
       coalesce(sum(CASE WHEN c.chunk_name IS NOT NULL
                         THEN pg_total_relation_size(format('%I.%I', c.chunk_schema, c.chunk_name)::regclass) END), 0) AS bytes,
       min(c.range_start) AS oldest, max(c.range_end) AS newest
FROM (
    SELECT hypertable_schema AS schema, hypertable_name AS name, hypertable_name AS relation, 'facts' AS kind
    FROM timescaledb_information.hypertables
    UNION
    SELECT materialization_hypertable_schema, materialization_hypertable_name, view_name, 'rollup'
    FROM timescaledb_information.continuous_aggregates
) AS r
LEFT JOIN timescaledb_information.chunks c ON c.hypertable_schema = r.schema AND c.hypertable_name = r.name
GROUP BY 1, 2 ORDER BY bytes DESC
