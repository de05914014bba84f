import { z } from 'zod';
import {
  brokerList,
  flag,
  fraction,
  hostName,
  httpUrl,
  partOfAnHour,
  port,
  positive,
  postgresUrl,
  registryUrl,
  serviceUrls,
  signingSecrets,
  slackChannel,
  slackGroup,
  slackMention,
  sourceUrl,
  threeWeights,
  timeZone,
  topicName,
  webhookUrl,
  wholeNumber,
} from './readers.ts';

/**
 * Every environment variable Holdfast reads. One that starts with HOLDFAST_ and is not here is an error, because it is
 * a misspelt one of these.
 */
export const variables = z.object({
  DATABASE_URL: postgresUrl.optional(),
  PGPASSWORD: z.string().optional(),
  PGSSLMODE: z.string().optional(),
  HOLDFAST_DATABASE_CA_FILE: z.string().optional(),
  KAFKA_BROKERS: brokerList.optional(),
  KAFKA_TOPIC_PREFIX: topicName.optional(),
  KAFKA_GROUP_ID: topicName.default('holdfast-processor'),
  KAFKA_SSL: flag.default(false),
  KAFKA_SSL_CA_FILE: z.string().optional(),
  KAFKA_SSL_CERTIFICATE_FILE: z.string().optional(),
  KAFKA_SSL_KEY_FILE: z.string().optional(),
  KAFKA_SSL_KEY_PASSPHRASE: z.string().optional(),
  KAFKA_SSL_SERVER_NAME: hostName.optional(),
  KAFKA_SASL_MECHANISM: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512'], {
      error: 'must be plain, scram-sha-256 or scram-sha-512',
    })
    .optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),

  PROCESSOR_PORT: port.default(9464),
  ALERTBOT_PORT: port.default(3400),
  SLACK_STANDIN_PORT: port.default(3401),
  REPLAY_PORT: port.default(9465),
  PLATFORM_PORT: port.default(9466),
  PROMETHEUS_PORT: port.default(9090),
  ALERTMANAGER_PORT: port.default(9093),
  GRAFANA_PORT: port.default(3000),
  GRAFANA_HOME: z.string().optional(),

  SLACK_BOT_TOKEN: z.string().optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().optional(),
  SLACK_CHANNEL: slackChannel.default('#holdfast'),
  SLACK_CHANNEL_EVENT: slackChannel.optional(),
  SLACK_CHANNEL_HOLD: slackChannel.optional(),
  SLACK_CHANNEL_ANOMALY: slackChannel.optional(),
  SLACK_CHANNEL_INVENTORY: slackChannel.optional(),
  SLACK_CHANNEL_DELIVERY: slackChannel.optional(),
  SLACK_CHANNEL_PIPELINE: slackChannel.optional(),
  SLACK_FALLBACK_CHANNEL: slackChannel.optional(),
  SLACK_OPERATORS_GROUP: slackGroup.optional(),
  SLACK_ESCALATION: slackMention.optional(),
  SLACK_API_URL: httpUrl.optional(),

  ALERTMANAGER_WEBHOOK_TOKEN: z.string().min(16, { message: 'must have at least 16 characters' }).optional(),

  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl.optional(),

  HOLDFAST_HOST: z.string().min(1).default('127.0.0.1'),
  HOLDFAST_TZ: timeZone.default('Asia/Seoul'),
  HOLDFAST_LOCALE: z.enum(['ko', 'en'], { error: 'must be ko or en' }).default('ko'),
  HOLDFAST_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be trace, debug, info, warn, error or silent',
    })
    .default('info'),

  HOLDFAST_HOLD_USER_MORE_THAN: wholeNumber(1, 1_000_000).default(5),
  HOLDFAST_HOLD_USER_WINDOW_SECONDS: positive.default(10),
  HOLDFAST_HOLD_USER_QUARANTINE_SECONDS: positive.default(15),
  HOLDFAST_HOLD_PRODUCT_AT_LEAST: wholeNumber(1, 1_000_000).default(4),
  HOLDFAST_HOLD_PRODUCT_WINDOW_SECONDS: positive.default(1),
  HOLDFAST_LATE_AFTER_MINUTES: positive.default(120),
  HOLDFAST_ALLOWED_LATENESS_SECONDS: positive.default(60),
  HOLDFAST_DELIVERY_INTELLIGENCE: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  HOLDFAST_PLATFORM_INTELLIGENCE: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  HOLDFAST_DETECTION_STEP_SECONDS: partOfAnHour.default(300),

  HOLDFAST_MAX_RECORD_BYTES: wholeNumber(1024, 8 * 1024 * 1024).default(1024 * 1024),
  HOLDFAST_BATCH_SIZE: wholeNumber(1, 50_000).default(5000),
  HOLDFAST_DATABASE_POOL: wholeNumber(2, 100).default(6),
  HOLDFAST_PARTITIONS: wholeNumber(1, 1000).default(6),
  HOLDFAST_REPLICATION_FACTOR: wholeNumber(1, 32).optional(),
  HOLDFAST_CREATE_TOPICS: flag.default(true),
  HOLDFAST_RETENTION_DAYS: wholeNumber(30, 36_500).optional(),
  HOLDFAST_COMPRESS_AFTER_DAYS: wholeNumber(7, 36_500).default(90),
  HOLDFAST_SHOW_PERSONAL_DATA: flag.default(false),
  HOLDFAST_SLACK_POSTS_PER_SECOND: positive.default(1),
  HOLDFAST_SLACK_UPDATES_PER_MINUTE: positive.default(50),
  HOLDFAST_SLACK_GROUP_FROM: wholeNumber(2, 1_000_000).default(3),
  HOLDFAST_REMIND_AFTER_MINUTES: positive.default(15),
  HOLDFAST_ESCALATE_AFTER_MINUTES: positive.default(30),
  HOLDFAST_UNACK_AFTER_MINUTES: positive.default(240),
  HOLDFAST_RETRY_TIMEOUT_MINUTES: positive.default(10),
  HOLDFAST_GRAFANA_URL: httpUrl.optional(),
  HOLDFAST_RUNBOOK_URL: httpUrl.optional(),
  HOLDFAST_API_TOKEN: z.string().min(16, { message: 'must have at least 16 characters' }).optional(),

  HOLDFAST_SELLER_WEIGHTS: threeWeights.default([1, 1, 1]),
  HOLDFAST_SELLER_SPEED_HALF_HOURS: positive.default(48),
  HOLDFAST_SELLER_MONTH_MINIMUM_ORDERS: wholeNumber(1, 1_000_000).default(5),
  HOLDFAST_PREPARATION_QUANTILE: fraction.default(0.95),
  HOLDFAST_PREPARATION_FLOOR_HOURS: positive.default(24),
  HOLDFAST_TRANSIT_QUANTILE: fraction.default(0.98),
  HOLDFAST_TRANSIT_FLOOR_HOURS: positive.default(24),
  HOLDFAST_RISK_ALERT_PROBABILITY: fraction.default(0.5),
  HOLDFAST_RESTOCK_WARNING_HOURS: positive.default(100),
  HOLDFAST_RESTOCK_COOLDOWN_DAYS: positive.default(7),

  HOLDFAST_REORDER: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  HOLDFAST_LEAD_TIME_DAYS: positive.default(7),
  HOLDFAST_SERVICE_LEVEL: fraction.default(0.95),
  HOLDFAST_DEMAND_WINDOW_DAYS: wholeNumber(7, 366).default(28),
  HOLDFAST_REORDER_COVER_DAYS: wholeNumber(1, 366).default(14),
  HOLDFAST_SUPPLIER: z.enum(['off', 'simulated'], { error: 'must be off or simulated' }).optional(),

  HOLDFAST_RIDER_UTILISATION: fraction.default(0.85),
  HOLDFAST_CHURN_HORIZON_DAYS: wholeNumber(7, 366).default(28),
  HOLDFAST_CHURN_PROMOTION_PROBABILITY: fraction.default(0.7),
  HOLDFAST_CHURN_HOLDOUT: fraction.default(0.2),
  HOLDFAST_CHURN_PROMOTIONS_PER_WEEK: wholeNumber(0, 100_000).default(500),

  HOLDFAST_WEBHOOK_CUSTOMER_URL: webhookUrl.optional(),
  HOLDFAST_WEBHOOK_SELLER_URL: webhookUrl.optional(),
  HOLDFAST_WEBHOOK_PLATFORM_URL: webhookUrl.optional(),
  HOLDFAST_WEBHOOK_OPERATIONS_URL: webhookUrl.optional(),
  HOLDFAST_WEBHOOK_SECRET: signingSecrets.optional(),
  HOLDFAST_WEBHOOK_DRY_RUN: flag.default(false),
  HOLDFAST_ACTION_POLICY: z.string().min(1).optional(),

  HOLDFAST_WEATHER_URL: sourceUrl.optional(),
  HOLDFAST_TRAFFIC_URL: sourceUrl.optional(),
  HOLDFAST_HEALTH_URLS: serviceUrls.optional(),

  HOLDFAST_SCHEMA_REGISTRY_URL: registryUrl.optional(),
  HOLDFAST_SCHEMA_REGISTRY_USER: z.string().min(1).optional(),
  HOLDFAST_SCHEMA_REGISTRY_PASSWORD: z.string().optional(),
  HOLDFAST_SCHEMA_REGISTRY_TOKEN: z.string().optional(),

  HOLDFAST_DATA_DIR: z.string().min(1).default('.holdfast'),
  HOLDFAST_DATABASE_PORT: port.default(55_432),
  HOLDFAST_KAFKA_PORT: port.default(59_092),
  HOLDFAST_KAFKA_CONTROLLER_PORT: port.default(59_093),
  HOLDFAST_KAFKA_METRICS_PORT: port.default(59_094),
  HOLDFAST_SCHEMA_REGISTRY_PORT: port.default(59_095),
});

export type Variables = z.output<typeof variables>;

/** HOLDFAST_TOPIC_ORDERS=shop.orders and so on: the name a topic of the contracts has in your cluster. */
export const TOPICS = [
  'orders',
  'payments',
  'deliveries',
  'riders',
  'restaurants',
  'inventory',
  'reviews',
  'anomalies',
  'holds',
  'actions',
  'dead-letters',
] as const;

export type Topic = (typeof TOPICS)[number];

export function topicVariable(topic: Topic): string {
  return `HOLDFAST_TOPIC_${topic.toUpperCase().replaceAll('-', '_')}`;
}
