-- Avro on any topic: the row has the JSON that was made of a value, and the value itself.
ALTER TABLE orders_raw ADD COLUMN IF NOT EXISTS avro bytea;
COMMENT ON COLUMN orders_raw.avro IS
    'The value as Kafka delivered it, bit for bit, where it was Avro (a zero byte, the id of the schema, the record); row_payload is the JSON made of it.';
