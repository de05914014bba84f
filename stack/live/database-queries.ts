import type { HoldRow, Holds, WindowRow } from './state.ts';

/** The one method of pg's pool and client that is needed. */
export type Queryable = { query(sql: string): Promise<{ rows: Record<string, unknown>[] }> };

/** Open holds by reason and the latest ones; a few milliseconds, both come from an index. */
export async function readHolds(db: Queryable): Promise<Holds> {
  const counts = await db.query(
    "SELECT reason_code, count(*)::int AS holds FROM holds WHERE status = 'OPEN' GROUP BY reason_code",
  );
  const latest = await db.query(
    'SELECT order_id, reason_code, opened_at FROM holds ORDER BY opened_at DESC LIMIT 20',
  );
  return {
    open: Object.fromEntries(counts.rows.map((row) => [String(row.reason_code), Number(row.holds)])),
    latest: latest.rows.map(
      (row): HoldRow => ({
        orderId: String(row.order_id),
        reason: String(row.reason_code),
        openedAt: row.opened_at as Date,
      }),
    ),
  };
}

/** The newest half hour of the rollups, or undefined while there is none. */
export async function readWindow(db: Queryable): Promise<WindowRow | undefined> {
  const { rows } = await db.query(
    'SELECT window_start, orders, payments, shipped, holds FROM metrics_window WHERE window_start <= now() ORDER BY window_start DESC LIMIT 1',
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    start: row.window_start as Date,
    orders: Number(row.orders),
    payments: Number(row.payments),
    shipped: Number(row.shipped),
    holds: Number(row.holds),
  };
}
