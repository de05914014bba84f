/**
 * SQL: what events that name a warehouse come to, by product and warehouse. RESERVED and RELEASED count whoever they are
 * for; SHIPPED takes from what is reserved where it names an order.
 *
 * @param events a table with the columns of inventory_events
 */
export function warehouseSums(events: string): string {
  return `SELECT product_id, warehouse_id,
                 sum(CASE WHEN event_type IN ('RECEIVED', 'RETURNED') THEN quantity
                          WHEN event_type IN ('SHIPPED', 'DAMAGED') THEN -quantity ELSE 0 END) AS current,
                 sum(CASE WHEN event_type = 'RESERVED' THEN quantity
                          WHEN event_type = 'RELEASED' OR event_type = 'SHIPPED' AND order_id IS NOT NULL THEN -quantity
                          ELSE 0 END) AS reserved,
                 coalesce(sum(quantity) FILTER (WHERE event_type = 'RECEIVED' AND unit_cost IS NOT NULL), 0) AS costed_pieces,
                 coalesce(sum(quantity * unit_cost) FILTER (WHERE event_type = 'RECEIVED'), 0) AS costs
          FROM ${events} WHERE warehouse_id IS NOT NULL
          GROUP BY product_id, warehouse_id`;
}
