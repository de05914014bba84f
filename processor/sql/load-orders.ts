import { FIELD_NAMES, type FieldValue, type OrderFields } from '../../domain/order/event.ts';
import type { OrderState, StageTimes } from '../../domain/order/fold.ts';
import { type OrderStatus, STATUSES } from '../../domain/order/status.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { decodeVersions, type EncodedVersions } from './fold-versions.ts';
import { fieldColumn, fieldFromColumn, stageColumn } from './order-columns.ts';

/** An order as it is stored. */
export interface StoredOrder {
  partitionAt: Micros;
  revision: number;
  state: OrderState;
}

interface KeyRow {
  order_id: string;
  partition_at: Micros;
}

type OrderRow = Record<string, string | number | null> & {
  order_id: string;
  partition_at: Micros;
  revision: number;
  last_event_type: string;
  event_produced_at: Micros | null;
  first_event_at: Micros;
  created_event_at: Micros | null;
} & { fold_versions: EncodedVersions };

const LOADED_COLUMNS = [
  'order_id',
  'partition_at',
  'revision',
  'current_status',
  'last_event_type',
  'event_produced_at',
  'first_event_at',
  'created_event_at',
  'fold_versions',
  ...FIELD_NAMES.map(fieldColumn),
  ...STATUSES.map(stageColumn),
].join(', ');

/**
 * The stored states of these orders; those not stored yet are not in the map.
 *
 * Two steps, so that the second can name the stretch of partition_at and touch only its chunks: looking 5,000 orders
 * up by id alone over 50 chunks took four times as long.
 */
export async function loadOrders(
  db: Queryable,
  orderIds: readonly string[],
): Promise<Map<string, StoredOrder>> {
  const orders = new Map<string, StoredOrder>();
  const keys = await db.query<KeyRow>({
    name: 'load_order_keys',
    text: 'SELECT order_id, partition_at FROM order_keys WHERE order_id = ANY($1)',
    values: [orderIds],
  });
  if (keys.rows.length === 0) return orders;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const key of keys.rows) {
    from = Math.min(from, key.partition_at);
    to = Math.max(to, key.partition_at);
  }
  const { rows } = await db.query<OrderRow>({
    name: 'load_orders',
    text: `SELECT ${LOADED_COLUMNS} FROM orders
           WHERE order_id = ANY($1)
             AND partition_at >= TIMESTAMPTZ 'epoch' + INTERVAL '1 microsecond' * $2::float8
             AND partition_at <= TIMESTAMPTZ 'epoch' + INTERVAL '1 microsecond' * $3::float8`,
    values: [keys.rows.map((key) => key.order_id), from, to],
  });
  for (const row of rows) {
    orders.set(row.order_id, { partitionAt: row.partition_at, revision: row.revision, state: stateOf(row) });
  }
  return orders;
}

function stateOf(row: OrderRow): OrderState {
  const decoded = decodeVersions(row.fold_versions);
  const fields = {} as Record<keyof OrderFields, FieldValue>;
  // A column may show a default; what no event carried has no version.
  for (const name of FIELD_NAMES) {
    fields[name] = decoded.versions[name] === null ? null : fieldFromColumn(name, row[fieldColumn(name)]);
  }
  const stageTimes: StageTimes = {};
  for (const status of STATUSES) {
    const at = row[stageColumn(status)] as Micros | null;
    if (at !== null) stageTimes[status] = at;
  }
  return {
    orderId: row.order_id,
    fields: fields as unknown as OrderFields,
    versions: decoded.versions,
    status: decoded.statusVersion === null ? null : (row.current_status as OrderStatus),
    statusVersion: decoded.statusVersion,
    lastEventType: row.last_event_type,
    lastVersion: decoded.lastVersion,
    producedAt: row.event_produced_at,
    firstEventAt: row.first_event_at,
    createdEventAt: row.created_event_at,
    stageTimes,
    invalid: decoded.invalid,
  };
}
