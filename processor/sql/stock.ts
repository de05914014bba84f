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

/** What is known about the stock of some orders. */
export interface StockView {
  reservations: Map<string, Reservation>;
  /** Orders with an open hold. */
  held: Set<string>;
  /** Tracked products only; the catalogue's opening stock where nothing else is known yet. */
  levels: Map<string, StockLevel>;
}

interface ViewRow {
  reservations: ReservationRow[] | null;
  held: string[] | null;
  levels: { product_id: string; current_stock: number; reserved_stock: number }[] | null;
}

/** Reservations and holds of these orders, and the stock of their products and of `productIds`, in one round trip. */
export async function loadStock(
  db: Queryable,
  orderIds: readonly string[],
  productIds: readonly string[],
): Promise<StockView> {
  const { rows } = await db.query<ViewRow>({
    name: 'load_stock',
    text: `WITH reservations AS MATERIALIZED (
             SELECT order_id, product_id, quantity, outcome, available_seen, state,
                    (extract(epoch FROM due_at) * 1000000)::bigint AS due_at
             FROM stock_reservations WHERE order_id = ANY($1)
           ),
           levels AS (
             SELECT p.product_id, coalesce(i.current_stock, p.opening_stock) AS current_stock,
                    coalesce(i.reserved_stock, 0) AS reserved_stock
             FROM (SELECT unnest($2::text[]) AS product_id UNION SELECT product_id FROM reservations) AS wanted
             JOIN products p USING (product_id)
             LEFT JOIN inventory i USING (product_id)
             WHERE i.product_id IS NOT NULL OR p.opening_stock IS NOT NULL
           )
           SELECT (SELECT jsonb_agg(reservations) FROM reservations) AS reservations,
                  (SELECT jsonb_agg(DISTINCT order_id) FROM holds WHERE order_id = ANY($1) AND status = 'OPEN') AS held,
                  (SELECT jsonb_agg(levels) FROM levels) AS levels`,
    values: [orderIds, productIds],
  });
  const [view] = rows;
  return {
    reservations: new Map((view?.reservations ?? []).map((row) => [row.order_id, reservationOf(row)])),
    held: new Set(view?.held ?? []),
    levels: new Map(
      (view?.levels ?? []).map((row) => [
        row.product_id,
        { current: row.current_stock, reserved: row.reserved_stock },
      ]),
    ),
  };
}

function reservationOf(row: ReservationRow): Reservation {
  return {
    orderId: row.order_id,
    productId: row.product_id,
    quantity: row.quantity,
    outcome: row.outcome,
    availableSeen: row.available_seen,
    state: row.state,
    dueAt: row.due_at,
  };
}

export async function writeReservations(db: Queryable, reservations: readonly Reservation[]): Promise<void> {
  if (reservations.length === 0) return;
  await db.query({
    name: 'write_reservations',
    text: `INSERT INTO stock_reservations (order_id, product_id, quantity, outcome, available_seen, state, due_at)
           SELECT e->>0, e->>1, (e->2)::integer, e->>3, (e->4)::integer, e->>5, ${micros('e->6')}
           FROM jsonb_array_elements($1::jsonb) AS e
           ON CONFLICT (order_id) DO UPDATE SET
             product_id = excluded.product_id, quantity = excluded.quantity, outcome = excluded.outcome,
             available_seen = excluded.available_seen, state = excluded.state, due_at = excluded.due_at`,
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
