import type { ReorderSettings } from '../../domain/inventory/reorder-policy.ts';
import type { Variables } from './variables.ts';

export interface InventoryConfig {
  reorder: ReorderSettings;
  /** Whether the processor itself delivers what it orders, when the lead time is over. */
  simulatedSupplier: boolean;
}

export function inventoryConfig(v: Variables): InventoryConfig {
  return {
    reorder: {
      leadTimeDays: v.HOLDFAST_LEAD_TIME_DAYS,
      serviceLevel: v.HOLDFAST_SERVICE_LEVEL,
      windowDays: v.HOLDFAST_DEMAND_WINDOW_DAYS,
      coverDays: v.HOLDFAST_REORDER_COVER_DAYS,
      automatic: v.HOLDFAST_REORDER === 'on',
    },
    // Where Kafka is the embedded one, no supplier can answer.
    simulatedSupplier:
      (v.HOLDFAST_SUPPLIER ?? (v.KAFKA_BROKERS === undefined ? 'simulated' : 'off')) === 'simulated',
  };
}
