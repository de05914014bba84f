import type { HoldThresholds } from '../../../domain/holds/thresholds.ts';
import type { OrderEvent } from '../../../domain/order/event.ts';
import type { OrderItem } from '../../../domain/order/items.ts';

/** Microseconds since 1970-01-01T00:00:00Z. */
export type Micros = number;

/** One record as Kafka delivers it. Topic, partition and offset name it; a second delivery is the same record. */
export interface KafkaRecord {
  topic: string;
  partition: number;
  offset: number;
  kafkaTimestampMs: number;
  value: Buffer | null;
}

export interface Thresholds extends HoldThresholds {
  /** An order is late when PAID for this long. */
  lateAfter: Micros;
}

/** The defaults of the contracts. */
export const CONTRACT_THRESHOLDS: Thresholds = {
  userMoreThan: 5,
  userWindow: 10_000_000,
  userQuarantine: 15_000_000,
  productAtLeast: 4,
  productWindow: 1_000_000,
  lateAfter: 7_200_000_000,
};

/** product_id to its opening stock; null (or absent): stock not tracked. */
export type Catalogue = ReadonlyMap<string, number | null>;

export interface OracleInput {
  records: readonly KafkaRecord[];
  catalogue: Catalogue;
  thresholds: Thresholds;
  now: Micros;
}

export type RejectionType = 'PARSE_ERROR' | 'SCHEMA_MISSING' | 'SCHEMA_INVALID';

export type Classification =
  /** `types`: every class one of the record's faults belongs to; `type` is the one that counts. */
  | { kind: 'rejected'; type: RejectionType; types: readonly RejectionType[] }
  | { kind: 'event'; event: OrderEvent };

/** A record with its outcome; `at` is kafka_timestamp, clamped, in microseconds. */
export interface JudgedRecord {
  record: KafkaRecord;
  at: Micros;
  outcome: Classification;
}

/** The columns of `orders` that do not depend on when and how the events came. Times in microseconds. */
export interface OrderRow {
  order_id: string;
  user_id: string | null;
  product_id: string | null;
  product_name: string | null;
  shipping_address: string | null;
  quantity: number;
  amount: number | null;
  currency: string | null;
  channel: string | null;
  region: string | null;
  seller_id: string | null;
  customer_zip: string | null;
  seller_zip: string | null;
  promised_at: Micros | null;
  created_at: Micros | null;
  current_stage: string;
  current_status: string;
  last_event_type: string;
  last_occurred_at: Micros;
  event_produced_at: Micros | null;
  first_event_at: Micros;
  created_event_at: Micros | null;
  entered_created_at: Micros | null;
  paid_at: Micros | null;
  picking_at: Micros | null;
  packed_at: Micros | null;
  shipped_at: Micros | null;
  delivered_at: Micros | null;
  canceled_at: Micros | null;
  left_paid_at: Micros | null;
  items: readonly OrderItem[] | null;
}

export interface BurstEvidence {
  trigger_order_id: string;
  trigger_at: Micros;
  count: number;
}

export interface HoldRow {
  order_id: string;
  reason_code: 'FUL-VALID' | 'FUL-FRAUD-USER' | 'FUL-FRAUD-PROD' | 'FUL-INV' | 'EXTERNAL';
  episode: number;
  status: 'OPEN' | 'CLEARED';
  opened_at: Micros;
  closed_at: Micros | null;
  /** What the contracts fix of it; null where they fix nothing. */
  evidence: BurstEvidence | { reason_code: string | null } | null;
}

export interface AlertInterval {
  about: HoldRow | KafkaRecord;
  opened_at: Micros;
  resolved_at: Micros | null;
}

export interface MetricsRow {
  window_start: Micros;
  window_end: Micros;
  orders: number;
  payments: number;
  shipped: number;
  holds: number;
  hold_rate: number;
  ingest_count: number;
  parse_errors: number;
  schema_missing: number;
  event_total: number;
  event_errors: number;
  delay_p95_sec: number;
  backlog: number;
  holds_now: number;
  late_orders: number;
  alerts_open: number;
  alerts_ack: number;
  alerts_resolved: number;
  alerts_retry: number;
}

export interface OracleOutput {
  records: JudgedRecord[];
  /** Each distinct event once, those of unknown types too. */
  events: OrderEvent[];
  orders: OrderRow[];
  holds: HoldRow[];
  alerts: AlertInterval[];
  metrics: MetricsRow[];
}
