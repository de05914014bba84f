import type { NewAlert } from '../alerts/alert.ts';
import { formatIso8601 } from '../time/iso8601.ts';
import type { Micros } from '../time/micros.ts';
import type { Replenishment } from './plan.ts';

function reorderAlertKey(actionId: string): string {
  return `inventory/${actionId}`;
}

/**
 * The alert of an order to the supplier, for the seller of the product. Over when its pieces, and those of the orders that
 * followed meanwhile, have come.
 */
export function reorderAlert(order: Replenishment): NewAlert {
  const { productId, sellerId, available, quantity } = order;
  return {
    dedupKey: reorderAlertKey(order.actionId),
    groupKey: `INVENTORY/seller/${sellerId ?? ''}`,
    kind: 'INVENTORY',
    severity: available <= 0 ? 'critical' : available <= order.safetyStock ? 'warning' : 'info',
    subject: `Product ${productId} is at its reorder point: available ${available}, ordered ${quantity}`,
    evidence: {
      product_id: productId,
      seller_id: sellerId,
      available,
      reorder_point: order.reorderPoint,
      safety_stock: order.safetyStock,
      ordered_quantity: quantity,
      on_order: order.onOrder,
      lead_time_days: order.leadTimeDays,
      due_at: formatIso8601(order.dueAt),
      action_id: order.actionId,
      ...(order.warehouseId === null ? {} : { warehouse_id: order.warehouseId }),
    },
    openedAt: order.orderedAt,
    orderId: null,
    holdId: null,
    logId: null,
  };
}

/** What is noted in the alert when it is over. */
export function reorderClosing({ actionId, at }: { actionId: string; at: Micros }) {
  return { dedupKey: reorderAlertKey(actionId), at, note: 'the ordered pieces came in' };
}

/** The command on topic `actions`: whoever buys for the seller acts on it. */
export function reorderCommand(order: Replenishment): Record<string, unknown> {
  return {
    type: 'command',
    action: 'REORDER',
    action_id: order.actionId,
    requested_at: formatIso8601(order.orderedAt),
    requested_by: 'holdfast',
    product_id: order.productId,
    seller_id: order.sellerId,
    warehouse_id: order.warehouseId,
    quantity: order.quantity,
    lead_time_days: order.leadTimeDays,
    due_at: formatIso8601(order.dueAt),
    available: order.available,
    on_order: order.onOrder,
    reorder_point: order.reorderPoint,
  };
}

/** What a simulated supplier says on topic `inventory` when it delivers. */
export function deliveryMessage(delivery: {
  actionId: string;
  productId: string;
  sellerId: string | null;
  warehouseId: string | null;
  quantity: number;
  dueAt: Micros;
}): Record<string, unknown> {
  return {
    product_id: delivery.productId,
    event_type: 'RECEIVED',
    quantity: delivery.quantity,
    occurred_at: formatIso8601(delivery.dueAt),
    event_id: `supplier/${delivery.actionId}`,
    order_id: delivery.actionId,
    seller_id: delivery.sellerId,
    warehouse_id: delivery.warehouseId,
    source: 'simulated supplier',
  };
}
