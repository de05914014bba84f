import type { Reservation, StockLevel } from '../../domain/stock/decide.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

interface ReservationRow {
  order_id: string;
  product_id: string;
  quantity: number;
  outcome: Reservation['outcome'];
  available_seen: number;
  state: Reservation['state'];
  due_at: Micros;
}

/** The stock decisions already taken for these orders. */
export async function loadReservations(
  db: Queryable,
  orderIds: readonly string[],
): Promise<Map<string, Reservation>> {
  const { rows } = await db.query<ReservationRow>({
    name: 'load_reservations',
    text: `SELECT order_id, product_id, quantity, outcome, available_seen, state, due_at
           FROM stock_reservations WHERE order_id = ANY($1)`,
    values: [orderIds],
  });
  return new Map(
    rows.map((row) => [
      row.order_id,
      {
        orderId: row.order_id,
        productId: row.product_id,
        quantity: row.quantity,
        outcome: row.outcome,
        availableSeen: row.available_seen,
        state: row.state,
        dueAt: row.due_at,
      },
    ]),
  );
}

/** Stock of the tracked ones among these products; the catalogue's opening stock where nothing else is known yet. */
export async function loadStockLevels(
  db: Queryable,
  productIds: readonly string[],
): Promise<Map<string, StockLevel>> {
  const { rows } = await db.query<{ product_id: string; current_stock: number; reserved_stock: number }>({
    name: 'load_stock_levels',
    text: `SELECT p.product_id, coalesce(i.current_stock, p.opening_stock) AS current_stock,
                  coalesce(i.reserved_stock, 0) AS reserved_stock
           FROM unnest($1::text[]) AS wanted (product_id)
           JOIN products p USING (product_id)
           LEFT JOIN inventory i USING (product_id)
           WHERE i.product_id IS NOT NULL OR p.opening_stock IS NOT NULL`,
    values: [productIds],
  });
  return new Map(
    rows.map((row) => [row.product_id, { current: row.current_stock, reserved: row.reserved_stock }]),
  );
}

/** Which of these orders have an open hold. */
export async function loadHeldOrders(db: Queryable, orderIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ order_id: string }>({
    name: 'load_held_orders',
    text: `SELECT DISTINCT order_id FROM holds WHERE order_id = ANY($1) AND status = 'OPEN'`,
    values: [orderIds],
  });
  return new Set(rows.map((row) => row.order_id));
}

export async function writeReservations(db: Queryable, reservations: readonly Reservation[]): Promise<void> {
  if (reservations.length === 0) return;
  await db.query({
    name: 'write_reservations',
    text: `INSERT INTO stock_reservations (order_id, product_id, quantity, outcome, available_seen, state, due_at)
           SELECT e->>0, e->>1, (e->2)::integer, e->>3, (e->4)::integer, e->>5, ${micros('e->6')}
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT (order_id) DO UPDATE SET
             outcome = excluded.outcome, available_seen = excluded.available_seen, state = excluded.state,
             due_at = excluded.due_at`,
    values: [
      JSON.stringify(
        reservations.map((r) => [
          r.orderId,
          r.productId,
          r.quantity,
          r.outcome,
          r.availableSeen,
          r.state,
          r.dueAt,
        ]),
      ),
    ],
  });
}

export async function writeStockLevels(
  db: Queryable,
  levels: readonly { productId: string; level: StockLevel }[],
): Promise<void> {
  if (levels.length === 0) return;
  await db.query({
    name: 'write_stock_levels',
    text: `INSERT INTO inventory (product_id, current_stock, reserved_stock)
           SELECT e->>0, (e->1)::integer, (e->2)::integer FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT (product_id) DO UPDATE SET
             current_stock = excluded.current_stock, reserved_stock = excluded.reserved_stock, updated_at = now()`,
    values: [
      JSON.stringify(levels.map(({ productId, level }) => [productId, level.current, level.reserved])),
    ],
  });
}
