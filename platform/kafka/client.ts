import kafkajs, { type Kafka, type KafkaConfig as KafkaJsConfig, type LogEntry } from 'kafkajs';
import type { KafkaConfig } from '../config/kafka.ts';
import type { Logger } from '../logger/logger.ts';
import { registerCodecs } from './codecs.ts';

const { logLevel } = kafkajs;

/**
 * A Kafka client: kafkajs with all four codecs, its log lines in ours. kafkajs retries a request by itself for some
 * seconds; what lasts longer is for the caller to wait for.
 */
export function createKafka(config: KafkaConfig, clientId: string, logger: Logger): Kafka {
  registerCodecs();
  return new kafkajs.Kafka({
    clientId,
    brokers: [...config.brokers],
    ...securityOf(config),
    connectionTimeout: 3000,
    requestTimeout: 30_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2000, retries: 8 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry: LogEntry) => {
      const { message, timestamp: _timestamp, logger: _name, ...rest } = entry.log;
      const level =
        entry.level === logLevel.ERROR ? 'error' : entry.level === logLevel.WARN ? 'warn' : 'debug';
      logger[level]({ namespace: entry.namespace, ...rest }, message);
    },
  });
}

/** TLS and login of the brokers, as kafkajs takes them. */
export function securityOf({
  tls,
  sasl,
}: Pick<KafkaConfig, 'tls' | 'sasl'>): Pick<KafkaJsConfig, 'ssl' | 'sasl'> {
  return {
    ssl: tls === null ? false : { ...tls },
    ...(sasl === null ? {} : { sasl: { ...sasl } as NonNullable<KafkaJsConfig['sasl']> }),
  };
}
