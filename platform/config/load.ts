import type { DeskSettings } from '../../domain/delivery/desk/settings.ts';
import type { HoldThresholds } from '../../domain/holds/thresholds.ts';
import type { ActionPolicy } from '../../domain/response/policy.ts';
import { MINUTE, type Micros, SECOND } from '../../domain/time/micros.ts';
import { loadActionPolicy } from './action-policy.ts';
import { type ChurnConfig, churnConfig } from './churn.ts';
import { ConfigError } from './config-error.ts';
import { type DatabaseConfig, databaseConfig } from './database.ts';
import { deliveryConfig } from './delivery.ts';
import { type InventoryConfig, inventoryConfig } from './inventory.ts';
import { type KafkaConfig, kafkaConfig } from './kafka.ts';
import { topicName } from './readers.ts';
import { type SchemaRegistryConfig, schemaRegistryConfig } from './schema-registry.ts';
import { fileVariable, SECRET_VARIABLES, withSecretFiles } from './secret-files.ts';
import { missingSlackSecret, type SlackConfig, slackConfig } from './slack.ts';
import { type SourcesConfig, sourcesConfig } from './sources.ts';
import { TOPICS, type Topic, topicVariable, type Variables, variables } from './variables.ts';
import { missingWebhookSecret, type WebhookConfig, webhookConfig } from './webhooks.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** How long things may stay as they are, in microseconds. */
export interface AlertingConfig {
  remindAfter: Micros;
  escalateAfter: Micros;
  unackAfter: Micros;
  retryTimeout: Micros;
}

/** The whole configuration, validated. The only reader of the environment is `environment.ts` beside this file. */
export interface Config {
  database: DatabaseConfig;
  kafka: KafkaConfig;
  host: string;
  ports: {
    processor: number;
    alertbot: number;
    slackStandin: number;
    replay: number;
    platform: number;
    database: number;
    kafka: number;
    kafkaController: number;
    kafkaMetrics: number;
    schemaRegistry: number;
    prometheus: number;
    alertmanager: number;
    grafana: number;
  };
  grafanaHome: string | null;
  /** Null: none is set, and Avro records are rejected. */
  schemaRegistry: SchemaRegistryConfig | null;
  /** Null: no bot token is set, nothing is sent to Slack. */
  slack: SlackConfig | null;
  alerting: AlertingConfig;
  /** OTLP endpoint of the traces; null: tracing is off. */
  tracesEndpoint: string | null;
  timeZone: string;
  locale: 'ko' | 'en';
  logLevel: Variables['HOLDFAST_LOG_LEVEL'];
  holds: HoldThresholds;
  /** Microseconds an order may stay PAID before it is late. */
  lateAfter: number;
  /** How late events may come before event time goes on without; and, from 60 s up, how long silence is waited for. */
  allowedLateness: Micros;
  /** Whether the milestones of orders are followed: sellers, routes, orders at risk. */
  deliveryIntelligence: boolean;
  /** Whether facts of a platform are made of them, and what is unusual is looked for. */
  platformIntelligence: boolean;
  /** Length of the steps in which that is looked for. */
  detectionStep: Micros;
  maxRecordBytes: number;
  batchSize: number;
  retentionDays: number | null;
  compressAfterDays: number;
  showPersonalData: boolean;
  /** Bearer token of the write API; null: it refuses every request. */
  apiToken: string | null;
  /** Bearer token that Alertmanager shows; null: the webhook refuses every request. */
  alertmanagerToken: string | null;
  /** Public address of Grafana, for links in messages. */
  grafanaUrl: string | null;
  /** Where the runbooks are read. */
  runbookUrl: string | null;
  /** Limits, scores and warnings of orders on their way. */
  delivery: DeskSettings;
  /** When to order from suppliers, and whether one is simulated. */
  inventory: InventoryConfig;
  /** Share of their time that riders can be on the way before orders wait for them. */
  riderUtilisation: number;
  /** When a customer has churned, and what is done before. */
  churn: ChurnConfig;
  webhooks: WebhookConfig;
  /** What is asked of the outside about incidents. */
  sources: SourcesConfig;
  /** What is done about incidents. */
  actionPolicy: ActionPolicy;
  dataDir: string;
}

/**
 * Reads and checks the environment.
 *
 * @throws {ConfigError} naming every problem at once
 */
export function loadConfig(env: Environment): Config {
  const asSet = withoutEmpty(env);
  const problems = unknownVariables(asSet);
  const given = withSecretFiles(asSet, problems);
  const topics = readTopics(given, problems);
  const parsed = variables.safeParse(given);
  const read = loadActionPolicy(given.HOLDFAST_ACTION_POLICY);
  if ('problems' in read) problems.push(...read.problems);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) problems.push(`${issue.path.join('.')} ${issue.message}`);
    throw new ConfigError(problems.toSorted());
  }
  problems.push(
    ...missingSlackSecret(parsed.data),
    ...missingWebhookSecret(parsed.data),
    ...portClashes(parsed.data),
  );
  const services = {
    database: databaseConfig(parsed.data, problems),
    kafka: kafkaConfig(parsed.data, topics, problems),
    schemaRegistry: schemaRegistryConfig(parsed.data, problems),
  };
  if ('problems' in read || problems.length > 0) throw new ConfigError(problems.toSorted());
  return assemble(parsed.data, services, read.policy);
}

function withoutEmpty(env: Environment): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(env))
    if (value !== undefined && value !== '') given[name] = value;
  return given;
}

function unknownVariables(given: Record<string, string>): string[] {
  const known = new Set([
    ...Object.keys(variables.shape),
    ...TOPICS.map(topicVariable),
    ...SECRET_VARIABLES.map(fileVariable),
  ]);
  return Object.keys(given)
    .filter((name) => name.startsWith('HOLDFAST_') && !known.has(name))
    .map((name) => `${name} is not a setting of Holdfast: remove it or correct its name`);
}

function readTopics(given: Record<string, string>, problems: string[]): Record<Topic, string> {
  const prefix = given.KAFKA_TOPIC_PREFIX ?? '';
  const topics = {} as Record<Topic, string>;
  for (const topic of TOPICS) {
    const name = given[topicVariable(topic)];
    if (name !== undefined && !topicName.safeParse(name).success) {
      problems.push(`${topicVariable(topic)} must be a Kafka topic name, not ${JSON.stringify(name)}`);
    }
    topics[topic] = name ?? `${prefix}${topic}`;
  }
  return topics;
}

/** Two of our own servers on one port: found before anything starts. */
function portClashes(v: Variables): string[] {
  const owners = new Map<number, string>();
  const problems: string[] = [];
  for (const name of [
    'PROCESSOR_PORT',
    'ALERTBOT_PORT',
    'SLACK_STANDIN_PORT',
    'REPLAY_PORT',
    'PLATFORM_PORT',
    'HOLDFAST_DATABASE_PORT',
    'HOLDFAST_KAFKA_PORT',
    'HOLDFAST_KAFKA_CONTROLLER_PORT',
    'HOLDFAST_KAFKA_METRICS_PORT',
    'HOLDFAST_SCHEMA_REGISTRY_PORT',
  ] as const) {
    const owner = owners.get(v[name]);
    if (owner !== undefined) problems.push(`${name} is ${v[name]}, and so is ${owner}: change one of them`);
    owners.set(v[name], name);
  }
  return problems;
}

function assemble(
  v: Variables,
  { database, kafka, schemaRegistry }: Pick<Config, 'database' | 'kafka' | 'schemaRegistry'>,
  actionPolicy: ActionPolicy,
): Config {
  return {
    database,
    kafka,
    schemaRegistry,
    host: v.HOLDFAST_HOST,
    ports: {
      processor: v.PROCESSOR_PORT,
      alertbot: v.ALERTBOT_PORT,
      slackStandin: v.SLACK_STANDIN_PORT,
      replay: v.REPLAY_PORT,
      platform: v.PLATFORM_PORT,
      database: v.HOLDFAST_DATABASE_PORT,
      kafka: v.HOLDFAST_KAFKA_PORT,
      kafkaController: v.HOLDFAST_KAFKA_CONTROLLER_PORT,
      kafkaMetrics: v.HOLDFAST_KAFKA_METRICS_PORT,
      schemaRegistry: v.HOLDFAST_SCHEMA_REGISTRY_PORT,
      prometheus: v.PROMETHEUS_PORT,
      alertmanager: v.ALERTMANAGER_PORT,
      grafana: v.GRAFANA_PORT,
    },
    grafanaHome: v.GRAFANA_HOME ?? null,
    slack: slackConfig(v),
    alerting: {
      remindAfter: v.HOLDFAST_REMIND_AFTER_MINUTES * MINUTE,
      escalateAfter: v.HOLDFAST_ESCALATE_AFTER_MINUTES * MINUTE,
      unackAfter: v.HOLDFAST_UNACK_AFTER_MINUTES * MINUTE,
      retryTimeout: v.HOLDFAST_RETRY_TIMEOUT_MINUTES * MINUTE,
    },
    tracesEndpoint:
      v.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ??
      (v.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? null
        : `${v.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/$/, '')}/v1/traces`),
    timeZone: v.HOLDFAST_TZ,
    locale: v.HOLDFAST_LOCALE,
    logLevel: v.HOLDFAST_LOG_LEVEL,
    holds: {
      userMoreThan: v.HOLDFAST_HOLD_USER_MORE_THAN,
      userWindow: v.HOLDFAST_HOLD_USER_WINDOW_SECONDS * SECOND,
      userQuarantine: v.HOLDFAST_HOLD_USER_QUARANTINE_SECONDS * SECOND,
      productAtLeast: v.HOLDFAST_HOLD_PRODUCT_AT_LEAST,
      productWindow: v.HOLDFAST_HOLD_PRODUCT_WINDOW_SECONDS * SECOND,
    },
    lateAfter: v.HOLDFAST_LATE_AFTER_MINUTES * MINUTE,
    allowedLateness: v.HOLDFAST_ALLOWED_LATENESS_SECONDS * SECOND,
    deliveryIntelligence: v.HOLDFAST_DELIVERY_INTELLIGENCE === 'on',
    platformIntelligence: v.HOLDFAST_PLATFORM_INTELLIGENCE === 'on',
    detectionStep: v.HOLDFAST_DETECTION_STEP_SECONDS * SECOND,
    maxRecordBytes: v.HOLDFAST_MAX_RECORD_BYTES,
    batchSize: v.HOLDFAST_BATCH_SIZE,
    retentionDays: v.HOLDFAST_RETENTION_DAYS ?? null,
    compressAfterDays: v.HOLDFAST_COMPRESS_AFTER_DAYS,
    showPersonalData: v.HOLDFAST_SHOW_PERSONAL_DATA,
    apiToken: v.HOLDFAST_API_TOKEN ?? null,
    alertmanagerToken: v.ALERTMANAGER_WEBHOOK_TOKEN ?? null,
    grafanaUrl: v.HOLDFAST_GRAFANA_URL ?? null,
    runbookUrl: v.HOLDFAST_RUNBOOK_URL ?? null,
    delivery: deliveryConfig(v),
    inventory: inventoryConfig(v),
    riderUtilisation: v.HOLDFAST_RIDER_UTILISATION,
    churn: churnConfig(v),
    webhooks: webhookConfig(v),
    sources: sourcesConfig(v),
    actionPolicy,
    dataDir: v.HOLDFAST_DATA_DIR,
  };
}
