import type { OrderState } from '../../domain/order/fold.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { Conflict } from '../../platform/errors/classify.ts';
import { micros } from './micros.ts';
import { ORDER_COLUMNS, type OrderColumn } from './order-columns.ts';

export interface OrderWrite {
  state: OrderState;
  partitionAt: Micros;
  /** 1 for a new order, else one more than the revision that was read. */
  revision: number;
  /** Of the record of the order's last event, when that is in this batch; null keeps what is stored. */
  last: { rowId: string; producedToKafka: number | null; producedToDatabase: number | null } | null;
}

/** Columns about the record of the last event: kept when the batch does not bring it. */
const KEPT_COLUMNS = [
  ['row_reference_id', 'text'],
  ['latency_p_to_k_sec', 'float8'],
  ['latency_p_to_d_sec', 'float8'],
] as const;

function cast(column: OrderColumn, index: number): string {
  if (column.type === 'timestamptz') return micros(`e->>${index}`);
  if (column.type === 'jsonb') return `nullif(e->${index}, 'null')`;
  return column.type === 'text' ? `e->>${index}` : `(e->>${index})::${column.type}`;
}

const FIRST_FOLDED = 3;
const FIRST_KEPT = FIRST_FOLDED + ORDER_COLUMNS.length;

const UPSERT = `
  WITH input AS MATERIALIZED (SELECT e FROM jsonb_array_elements($1::jsonb) AS e),
  keys AS (
    INSERT INTO order_keys (order_id, partition_at)
    SELECT e->>0, ${micros('e->1')} FROM input WHERE (e->2)::integer = 1
    ON CONFLICT (order_id) DO NOTHING
    RETURNING 1
  ),
  written AS (
    INSERT INTO orders (order_id, partition_at, revision, ${ORDER_COLUMNS.map((c) => c.name).join(', ')},
                        ${KEPT_COLUMNS.map(([name]) => name).join(', ')})
    SELECT e->>0, ${micros('e->1')}, (e->2)::integer,
           ${ORDER_COLUMNS.map((c, i) => cast(c, FIRST_FOLDED + i)).join(', ')},
           ${KEPT_COLUMNS.map(([, type], i) => `(e->>${FIRST_KEPT + i})::${type}`).join(', ')}
    FROM input
    ON CONFLICT (order_id, partition_at) DO UPDATE SET
      revision = excluded.revision, ingested_at = excluded.ingested_at,
      ${ORDER_COLUMNS.map((c) => `${c.name} = excluded.${c.name}`).join(', ')},
      ${KEPT_COLUMNS.map(([name]) => `${name} = CASE WHEN excluded.row_reference_id IS NULL THEN orders.${name} ELSE excluded.${name} END`).join(', ')}
    WHERE orders.revision = excluded.revision - 1
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM keys) AS keys, (SELECT count(*) FROM written) AS written`;

/**
 * Writes folded orders, new ones with their key.
 *
 * Nothing is locked when it is read; instead the write compares the revision. Partitions keep the events of an order
 * together, so a clash is rare (a producer with another partitioner, a topic that was given more partitions), and
 * locking every order up front cost a row update each.
 *
 * @throws {Conflict} when another transaction wrote one of the orders since it was read
 */
export async function writeOrders(db: Queryable, writes: readonly OrderWrite[]): Promise<void> {
  if (writes.length === 0) return;
  let created = 0;
  const rows = writes.map((write) => {
    if (write.revision === 1) created += 1;
    const row: unknown[] = [write.state.orderId, write.partitionAt, write.revision];
    for (const column of ORDER_COLUMNS) row.push(column.value(write.state));
    row.push(
      write.last?.rowId ?? null,
      write.last?.producedToKafka ?? null,
      write.last?.producedToDatabase ?? null,
    );
    return row;
  });
  const result = await db.query<{ keys: number; written: number }>({
    name: 'write_orders',
    text: UPSERT,
    values: [JSON.stringify(rows)],
  });
  const missed = created - (result.rows[0]?.keys ?? 0) + writes.length - (result.rows[0]?.written ?? 0);
  if (missed > 0) throw new Conflict(`${missed} orders or their keys were written by another transaction`);
}
