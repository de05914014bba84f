import { createSecureContext } from 'node:tls';
import { messageOf } from '../errors/classify.ts';
import { readPem } from './pem-file.ts';
import type { Topic, Variables } from './variables.ts';

/** How the brokers are known, and how we are. Names are those of Node's TLS. */
export interface KafkaTls {
  /** Certificates, in PEM, of who may have signed the brokers'; without: the authorities that Node knows. */
  ca?: string;
  cert?: string;
  key?: string;
  passphrase?: string;
  /** The name the brokers' certificates have to be for; without: the one each broker is reached by. */
  servername?: string;
}

export interface KafkaSasl {
  mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  username: string;
  password: string;
}

export interface KafkaConfig {
  brokers: readonly string[];
  /** True when no KAFKA_BROKERS is set and the broker of `npm start` is meant. */
  embedded: boolean;
  groupId: string;
  /** Null: without TLS. */
  tls: KafkaTls | null;
  /** Null: without a login. */
  sasl: KafkaSasl | null;
  /** Name of each topic in this cluster, prefix included. */
  topics: Readonly<Record<Topic, string>>;
  createTopics: boolean;
  partitions: number;
  /** Brokers that keep each partition of a topic it creates; null: as many as there are, up to three. */
  replicationFactor: number | null;
}

const TLS_SETTINGS = [
  'KAFKA_SSL_CA_FILE',
  'KAFKA_SSL_CERTIFICATE_FILE',
  'KAFKA_SSL_KEY_FILE',
  'KAFKA_SSL_KEY_PASSPHRASE',
  'KAFKA_SSL_SERVER_NAME',
] as const satisfies readonly (keyof Variables)[];

/** @param problems receives what is wrong with the login and with the files of TLS */
export function kafkaConfig(
  v: Variables,
  topics: Readonly<Record<Topic, string>>,
  problems: string[],
): KafkaConfig {
  return {
    brokers: v.KAFKA_BROKERS ?? [`127.0.0.1:${v.HOLDFAST_KAFKA_PORT}`],
    embedded: v.KAFKA_BROKERS === undefined,
    groupId: v.KAFKA_GROUP_ID,
    tls: kafkaTls(v, problems),
    sasl: kafkaSasl(v, problems),
    topics,
    createTopics: v.HOLDFAST_CREATE_TOPICS,
    partitions: v.HOLDFAST_PARTITIONS,
    replicationFactor: v.HOLDFAST_REPLICATION_FACTOR ?? null,
  };
}

function kafkaTls(v: Variables, problems: string[]): KafkaTls | null {
  if (!v.KAFKA_SSL) {
    for (const name of TLS_SETTINGS)
      if (v[name] !== undefined) problems.push(`${name} is set, and KAFKA_SSL is not: set KAFKA_SSL=true`);
    return null;
  }
  for (const [name, other] of [
    ['KAFKA_SSL_CERTIFICATE_FILE', 'KAFKA_SSL_KEY_FILE'],
    ['KAFKA_SSL_KEY_FILE', 'KAFKA_SSL_CERTIFICATE_FILE'],
    ['KAFKA_SSL_KEY_PASSPHRASE', 'KAFKA_SSL_KEY_FILE'],
  ] as const)
    if (v[name] !== undefined && v[other] === undefined)
      problems.push(`${other} is missing, ${name} needs it`);
  const before = problems.length;
  const ca = readPem('KAFKA_SSL_CA_FILE', v.KAFKA_SSL_CA_FILE, 'certificates', problems);
  const cert = readPem('KAFKA_SSL_CERTIFICATE_FILE', v.KAFKA_SSL_CERTIFICATE_FILE, 'certificates', problems);
  const key = readPem('KAFKA_SSL_KEY_FILE', v.KAFKA_SSL_KEY_FILE, 'key', problems);
  const tls = withoutUndefined({
    ca,
    cert,
    key,
    passphrase: v.KAFKA_SSL_KEY_PASSPHRASE,
    servername: v.KAFKA_SSL_SERVER_NAME,
  });
  if (problems.length === before && cert !== undefined && key !== undefined) {
    try {
      createSecureContext(tls);
    } catch (error) {
      problems.push(`KAFKA_SSL_KEY_FILE ${keyProblem(messageOf(error))}`);
    }
  }
  return tls;
}

function keyProblem(message: string): string {
  if (/key values mismatch/.test(message))
    return 'is not the key of KAFKA_SSL_CERTIFICATE_FILE: give the two that belong together';
  if (/interrupted or cancelled|bad decrypt|bad password/i.test(message))
    return 'cannot be decrypted: set KAFKA_SSL_KEY_PASSPHRASE to its passphrase';
  return `cannot be used with KAFKA_SSL_CERTIFICATE_FILE: ${message}`;
}

function kafkaSasl(v: Variables, problems: string[]): KafkaSasl | null {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = v;
  if (mechanism === undefined) {
    if (username !== undefined || password !== undefined)
      problems.push('KAFKA_SASL_MECHANISM is missing, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD need it');
    return null;
  }
  if (username === undefined) problems.push('KAFKA_SASL_USERNAME is missing, KAFKA_SASL_MECHANISM needs it');
  if (password === undefined) problems.push('KAFKA_SASL_PASSWORD is missing, KAFKA_SASL_MECHANISM needs it');
  if (username === undefined || password === undefined) return null;
  if (mechanism === 'plain' && !v.KAFKA_SSL)
    problems.push(
      'KAFKA_SASL_MECHANISM=plain sends the password as it is: set KAFKA_SSL=true, or use scram-sha-512',
    );
  return { mechanism, username, password };
}

function withoutUndefined(tls: { [Name in keyof KafkaTls]: KafkaTls[Name] | undefined }): KafkaTls {
  return Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined));
}
