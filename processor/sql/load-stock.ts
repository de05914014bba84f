import type { Reservation, StockLevel } from '../../domain/stock/decide.ts';
import { compareCodePoints } from '../../domain/text/compare.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

interface ReservationRow {
  order_id: string;
  product_id: string;
  quantity: number;
  outcome: Reservation['outcome'];
  available_seen: number;
  state: Reservation['state'];
  due_at: Micros;
  movements: number;
}

/** What is known about the stock of some orders. */
export interface StockView {
  reservations: Map<string, Reservation>;
  /** Orders with an open hold. */
  held: Set<string>;
  /** Tracked products only; the catalogue's opening stock where nothing else is known yet. */
  levels: Map<string, StockLevel>;
  /** Products among `levels` that nothing has moved yet, with their opening stock. */
  unopened: Map<string, number>;
}

interface ViewRow {
  reservations: ReservationRow[] | null;
  held: string[] | null;
  levels: { product_id: string; current_stock: number; reserved_stock: number; opened: boolean }[] | null;
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
                    (extract(epoch FROM due_at) * 1000000)::bigint AS due_at, movements
             FROM stock_reservations WHERE order_id = ANY($1)
           ),
           levels AS (
             SELECT product_id, coalesce(i.current_stock, p.opening_stock) AS current_stock,
                    coalesce(i.reserved_stock, 0) AS reserved_stock, i.product_id IS NOT NULL AS opened
             FROM (SELECT unnest($2::text[]) AS product_id UNION SELECT product_id FROM reservations) AS wanted
             LEFT JOIN products p USING (product_id)
             LEFT JOIN inventory i USING (product_id)
             WHERE i.product_id IS NOT NULL OR p.opening_stock IS NOT NULL
           )
           SELECT (SELECT jsonb_agg(reservations) FROM reservations) AS reservations,
                  (SELECT jsonb_agg(DISTINCT order_id) FROM holds WHERE order_id = ANY($1) AND status = 'OPEN') AS held,
                  (SELECT jsonb_agg(levels) FROM levels) AS levels`,
    values: [orderIds, productIds],
  });
  const [view] = rows;
  const levels = view?.levels ?? [];
  return {
    reservations: reservationsOf(view?.reservations ?? []),
    held: new Set(view?.held ?? []),
    levels: new Map(
      levels.map((row) => [row.product_id, { current: row.current_stock, reserved: row.reserved_stock }]),
    ),
    unopened: new Map(levels.filter((row) => !row.opened).map((row) => [row.product_id, row.current_stock])),
  };
}

/** The rows of an order share outcome, state, due time and movements. */
function reservationsOf(rows: readonly ReservationRow[]): Map<string, Reservation> {
  const found = new Map<string, Reservation>();
  for (const row of rows) {
    const line = { productId: row.product_id, quantity: row.quantity, availableSeen: row.available_seen };
    const known = found.get(row.order_id);
    const lines = [...(known?.lines ?? []), line].sort((a, b) => compareCodePoints(a.productId, b.productId));
    const { order_id: orderId, outcome, state, due_at: dueAt, movements } = row;
    found.set(orderId, { orderId, lines, outcome, state, dueAt, movements });
  }
  return found;
}
