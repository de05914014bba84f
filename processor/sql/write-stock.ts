import type { StockEvent } from '../../domain/inventory/stock-event.ts';
import type { Reservation, StockLevel } from '../../domain/stock/decide.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';
import { warehouseSums } from './warehouse-sums.ts';

/** What is to be written together: a level without its events would be a lie. */
export interface StockChange {
  reservations: readonly Reservation[];
  levels: readonly { productId: string; level: StockLevel }[];
  events: readonly StockEvent[];
}

/** Decisions, levels and the events that led to them, in one statement; and the warehouses that new events name. */
export async function writeStock(db: Queryable, change: StockChange): Promise<void> {
  if (change.reservations.length + change.levels.length + change.events.length === 0) return;
  await db.query({
    name: 'write_stock',
    text: `WITH decided AS (
             INSERT INTO stock_reservations (order_id, product_id, quantity, outcome, available_seen, state, due_at, movements)
             SELECT e->>0, e->>1, (e->2)::integer, e->>3, (e->4)::integer, e->>5, ${micros('e->6')}, (e->7)::integer
             FROM jsonb_array_elements($1::jsonb) AS e
             ON CONFLICT (order_id, product_id) DO UPDATE SET
               quantity = excluded.quantity, outcome = excluded.outcome, available_seen = excluded.available_seen,
               state = excluded.state, due_at = excluded.due_at, movements = excluded.movements
           ), moved AS (
             INSERT INTO inventory (product_id, current_stock, reserved_stock)
             SELECT e->>0, (e->1)::integer, (e->2)::integer FROM jsonb_array_elements($2::jsonb) AS e
             ORDER BY (e->>0) COLLATE "C"
             ON CONFLICT (product_id) DO UPDATE SET
               current_stock = excluded.current_stock, reserved_stock = excluded.reserved_stock, updated_at = now()
           ), logged AS (
             INSERT INTO inventory_events (product_id, event_id, event_type, quantity, occurred_at, source, current_delta,
                                           reserved_delta, order_id, seller_id, warehouse_id, unit_cost)
             SELECT e->>0, e->>1, e->>2, (e->3)::integer, ${micros('e->4')}, e->>5, (e->6)::integer, (e->7)::integer,
                    e->>8, e->>9, e->>10, (e->>11)::numeric
             FROM jsonb_array_elements($3::jsonb) AS e
             ON CONFLICT DO NOTHING
             RETURNING product_id, event_type, quantity, order_id, warehouse_id, unit_cost
           )
           INSERT INTO warehouse_stock AS w (product_id, warehouse_id, current, reserved, costed_pieces, costs)
           ${warehouseSums('logged')}
           ON CONFLICT (product_id, warehouse_id) DO UPDATE SET
             current = w.current + excluded.current, reserved = w.reserved + excluded.reserved,
             costed_pieces = w.costed_pieces + excluded.costed_pieces, costs = w.costs + excluded.costs`,
    values: [
      JSON.stringify(change.reservations.flatMap(reservationRows)),
      JSON.stringify(change.levels.map(({ productId, level }) => [productId, level.current, level.reserved])),
      JSON.stringify(change.events.map(eventRow)),
    ],
  });
}

function reservationRows(r: Reservation): unknown[][] {
  return r.lines.map(({ productId, quantity, availableSeen }) => [
    ...[r.orderId, productId, quantity, r.outcome, availableSeen, r.state, r.dueAt, r.movements],
  ]);
}

function eventRow(event: StockEvent): unknown[] {
  return [
    ...[event.productId, event.eventId, event.type, event.quantity, event.at, event.source],
    ...[event.currentDelta, event.reservedDelta, event.orderId, event.sellerId],
    ...[event.warehouseId, event.unitCost],
  ];
}
