import type { AlertKind, Severity } from '../../domain/alerts/alert.ts';
import type { AlertStatus } from '../../domain/alerts/lifecycle.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import type { AlertView } from '../messages/alert-view.ts';
import { type ActionJson, actionViewOf } from './action-view.ts';

interface ViewRow {
  alert_id: number;
  kind: AlertKind;
  severity: Severity;
  status: AlertStatus;
  version: number;
  subject: string;
  evidence: Record<string, unknown>;
  opened_at: Micros;
  status_since: Micros;
  snoozed_until: Micros | null;
  ops_operator: string | null;
  ops_operator_id: string | null;
  ops_note: string | null;
  group_key: string;
  hold_id: number | null;
  reason_code: string;
  episode: number;
  hold_status: 'OPEN' | 'CLEARED' | 'CANCELED';
  order_id: string | null;
  order_status: string;
  product_id: string | null;
  product_name: string | null;
  region: string | null;
  channel: string | null;
  quantity: number | null;
  amount: number | null;
  currency: string | null;
  user_id: string | null;
  shipping_address: string | null;
  log_id: number | null;
  kafka_topic: string;
  partition: number;
  kafka_offset: number;
  error_type: string;
  error_text: string;
  actions: ActionJson[] | null;
}

/** More than a message can show. */
const MOST_ACTIONS = 40;

/**
 * These alerts as the database has them at this moment, by ascending id; those that do not exist are left out.
 *
 * @param now a snooze that has ended by then is none
 */
export async function loadAlertViews(
  db: Queryable,
  alertIds: readonly number[],
  now: Micros,
): Promise<AlertView[]> {
  if (alertIds.length === 0) return [];
  // The order's partition_at lets TimescaleDB look into one chunk an order.
  const { rows } = await db.query<ViewRow>({
    name: 'load_alert_views',
    text: `SELECT a.alert_id, a.kind, a.severity, a.status, a.version, a.subject, a.evidence, a.opened_at, a.status_since,
                  a.snoozed_until, a.ops_operator, a.ops_operator_id, a.ops_note, a.group_key,
                  h.hold_id, h.reason_code, h.episode, h.status AS hold_status,
                  o.order_id, o.current_status AS order_status, o.product_id, o.product_name, o.region, o.channel,
                  o.quantity, o.amount, o.currency, o.user_id, o.shipping_address,
                  l.log_id, l.kafka_topic, l.partition, l.kafka_offset, l.error_type, l.error_text,
                  CASE WHEN a.kind = 'ANOMALY' THEN (
                    SELECT jsonb_agg(to_jsonb(x) ORDER BY x.at, x.action_id)
                    FROM (SELECT at, action_id, action, target, status, request->'parameters' AS parameters, expires_at,
                                 decided_by, decided_by_id, note, result, effect
                          FROM actions WHERE alert_key = a.dedup_key AND receiver IS NOT NULL
                          ORDER BY at, action_id LIMIT ${MOST_ACTIONS}) x
                  ) END AS actions
           FROM alerts a
           LEFT JOIN holds h ON h.hold_id = a.hold_id
           LEFT JOIN order_keys k ON k.order_id = a.order_id
           LEFT JOIN LATERAL (
               SELECT * FROM orders WHERE orders.order_id = k.order_id AND orders.partition_at = k.partition_at
           ) o ON true
           LEFT JOIN pipeline_error_logs l ON l.log_id = a.log_id
           WHERE a.alert_id = ANY($1)
           ORDER BY a.alert_id`,
    values: [alertIds],
  });
  return rows.map((row) => viewOf(row, now));
}

function viewOf(row: ViewRow, now: Micros): AlertView {
  return {
    alertId: row.alert_id,
    kind: row.kind,
    severity: row.severity,
    status: row.status,
    version: row.version,
    subject: row.subject,
    evidence: row.evidence,
    openedAt: row.opened_at,
    statusSince: row.status_since,
    snoozedUntil: row.snoozed_until !== null && row.snoozed_until > now ? row.snoozed_until : null,
    operator: row.ops_operator,
    operatorId: row.ops_operator_id,
    note: row.ops_note,
    groupKey: row.group_key,
    hold:
      row.hold_id === null
        ? null
        : { holdId: row.hold_id, reason: row.reason_code, episode: row.episode, status: row.hold_status },
    order: row.order_id === null ? null : orderOf(row, row.order_id),
    record:
      row.log_id === null
        ? null
        : {
            logId: row.log_id,
            topic: row.kafka_topic,
            partition: row.partition,
            offset: row.kafka_offset,
            errorType: row.error_type,
            errorText: row.error_text,
          },
    actions: (row.actions ?? []).map(actionViewOf),
  };
}

function orderOf(row: ViewRow, orderId: string): NonNullable<AlertView['order']> {
  return {
    orderId,
    status: row.order_status,
    productId: row.product_id,
    productName: row.product_name,
    region: row.region,
    channel: row.channel,
    quantity: row.quantity,
    amount: row.amount,
    currency: row.currency,
    userId: row.user_id,
    shippingAddress: row.shipping_address,
  };
}
