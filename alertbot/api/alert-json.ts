import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { AlertView } from '../messages/alert-view.ts';
import type { AuditEntry } from '../sql/load-audit.ts';

/** An alert as the API shows it: names as in the tables, times in ISO 8601, UTC. */
export function alertJson(view: AlertView): Record<string, unknown> {
  const { hold, order, record } = view;
  return {
    alert_id: view.alertId,
    kind: view.kind,
    severity: view.severity,
    status: view.status,
    version: view.version,
    subject: view.subject,
    opened_at: iso(view.openedAt),
    status_since: iso(view.statusSince),
    snoozed_until: iso(view.snoozedUntil),
    operator: view.operator,
    operator_id: view.operatorId,
    note: view.note,
    group_key: view.groupKey,
    evidence: view.evidence,
    hold: hold && {
      hold_id: hold.holdId,
      reason_code: hold.reason,
      episode: hold.episode,
      status: hold.status,
    },
    order: order && {
      order_id: order.orderId,
      status: order.status,
      product_id: order.productId,
      product_name: order.productName,
      region: order.region,
      channel: order.channel,
      quantity: order.quantity,
      amount: order.amount,
      currency: order.currency,
      user_id: order.userId,
      shipping_address: order.shippingAddress,
    },
    record: record && {
      log_id: record.logId,
      topic: record.topic,
      partition: record.partition,
      offset: record.offset,
      error_type: record.errorType,
      error_text: record.errorText,
    },
  };
}

export function auditJson(entry: AuditEntry): Record<string, unknown> {
  return {
    at: iso(entry.at),
    action: entry.action,
    actor: entry.actor,
    actor_id: entry.actorId,
    source: entry.source,
    status_before: entry.before,
    status_after: entry.after,
    decision: entry.decision,
    note: entry.note,
  };
}

export function iso(at: Micros | null): string | null {
  return at === null ? null : formatIso8601(at);
}
