INSERT INTO order_keys (order_id, partition_at) SELECT order_id, t0 FROM made
