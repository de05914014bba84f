SELECT count(*)::float8 AS "tracked products",
       (count(*) FILTER (WHERE position <= reorder_point))::float8 AS "to be reordered",
       (count(*) FILTER (WHERE available <= 0))::float8 AS "sold out",
       coalesce(sum(on_order), 0)::float8 AS "pieces on order"
FROM stock_levels
