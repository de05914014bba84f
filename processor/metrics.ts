import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { histogramWithExemplars } from '../platform/metrics/exemplars.ts';
import { createSourceMetrics, type SourceMetrics } from './causes/source-metrics.ts';
import { createDetectionMetrics, type DetectionMetrics } from './detection/detection-metrics.ts';
import { createSequenceMetrics, type SequenceMetrics } from './sequence/sequence-metrics.ts';
import { createWebhookMetrics, type WebhookMetrics } from './webhooks/webhook-metrics.ts';

/** What the processor counts. No order or user ids in labels. */
export interface ProcessorMetrics {
  consumed: Counter<'topic'>;
  deadLettered: Counter<'reason'>;
  duplicate: Counter;
  tooLate: Counter;
  late: Counter<'topic'>;
  holdsOpened: Counter<'reason'>;
  batchSeconds: Histogram<'topic'>;
  batchRecords: Histogram<'topic'>;
  endToEnd: Histogram;
  retries: Counter<'cause'>;
  rebalances: Counter;
  partitionsStopped: Gauge<'topic' | 'partition'>;
  lag: Gauge<'topic' | 'partition'>;
  lagSeconds: Gauge<'topic' | 'partition'>;
  endOffset: Gauge<'topic' | 'partition'>;
  registryLookups: Counter<'outcome'>;
  outboxPublished: Counter<'topic'>;
  outboxFailures: Counter<'topic'>;
  sources: SourceMetrics;
  webhooks: WebhookMetrics;
  sequence: SequenceMetrics;
  detection: DetectionMetrics;
}

/** Seconds: 5 ms to 1 h; the goal is 250 ms at the 99th percentile, the alarm is at 60 s. */
const LATENCY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600];

export function createProcessorMetrics(registry: Registry): ProcessorMetrics {
  const registers = [registry];
  return {
    consumed: new Counter({
      name: 'holdfast_records_consumed_total',
      help: 'Records read from Kafka and committed, rejected ones included.',
      labelNames: ['topic'],
      registers,
    }),
    deadLettered: new Counter({
      name: 'holdfast_records_dead_lettered_total',
      help: 'Records that could not become events, by reason.',
      labelNames: ['reason'],
      registers,
    }),
    duplicate: new Counter({
      name: 'holdfast_records_duplicate_total',
      help: 'Records whose event was known already.',
      registers,
    }),
    tooLate: new Counter({
      name: 'holdfast_records_too_late_total',
      help: 'Records of events older than the retention horizon, kept as raw rows only.',
      registers,
    }),
    late: new Counter({
      name: 'holdfast_facts_late_total',
      help: 'Events of deliveries, riders, restaurants and payments that came after event time may have passed them: counted in rollups, perhaps not in what is watched.',
      labelNames: ['topic'],
      registers,
    }),
    holdsOpened: new Counter({
      name: 'holdfast_holds_opened_total',
      help: 'Holds opened, by reason.',
      labelNames: ['reason'],
      registers,
    }),
    batchSeconds: new Histogram({
      name: 'holdfast_batch_duration_seconds',
      help: 'Time from a batch at hand to its commit.',
      labelNames: ['topic'],
      buckets: LATENCY_BUCKETS,
      registers,
    }),
    batchRecords: new Histogram({
      name: 'holdfast_batch_records',
      help: 'Records in a batch.',
      labelNames: ['topic'],
      buckets: [1, 5, 10, 50, 100, 500, 1000, 2500, 5000, 10_000],
      registers,
    }),
    endToEnd: histogramWithExemplars(registry, {
      name: 'holdfast_end_to_end_latency_seconds',
      help: 'Time from produced (event_produced_at, else the timestamp of the record) to committed.',
      buckets: LATENCY_BUCKETS,
    }),
    retries: new Counter({
      name: 'holdfast_batch_retries_total',
      help: 'Batches tried again, by cause: conflict, unavailable, fault, moved, registry.',
      labelNames: ['cause'],
      registers,
    }),
    rebalances: new Counter({
      name: 'holdfast_consumer_rebalances_total',
      help: 'Times this instance joined the consumer group.',
      registers,
    }),
    partitionsStopped: new Gauge({
      name: 'holdfast_partition_stopped',
      help: '1 while a partition is stopped because its position and the log contradict each other.',
      labelNames: ['topic', 'partition'],
      registers,
    }),
    lag: new Gauge({
      name: 'holdfast_consumer_lag',
      help: 'Records in Kafka beyond the committed position.',
      labelNames: ['topic', 'partition'],
      registers,
    }),
    lagSeconds: new Gauge({
      name: 'holdfast_consumer_lag_seconds',
      help: 'Age of the oldest record beyond the committed position; 0 when there is none.',
      labelNames: ['topic', 'partition'],
      registers,
    }),
    endOffset: new Gauge({
      name: 'holdfast_topic_end_offset',
      help: 'Offset that the next record of the partition will get.',
      labelNames: ['topic', 'partition'],
      registers,
    }),
    registryLookups: new Counter({
      name: 'holdfast_schema_registry_lookups_total',
      help: 'Schemas of Avro records asked for, by outcome: found, unusable (unknown, or no Avro), failed (the registry is away).',
      labelNames: ['outcome'],
      registers,
    }),
    outboxPublished: new Counter({
      name: 'holdfast_outbox_published_total',
      help: 'Outbox messages published to Kafka.',
      labelNames: ['topic'],
      registers,
    }),
    outboxFailures: new Counter({
      name: 'holdfast_outbox_failures_total',
      help: 'Outbox messages given up: Kafka refuses them for good. They stay in kafka_outbox, state dead.',
      labelNames: ['topic'],
      registers,
    }),
    sources: createSourceMetrics(registry),
    webhooks: createWebhookMetrics(registry),
    sequence: createSequenceMetrics(registry),
    detection: createDetectionMetrics(registry),
  };
}
