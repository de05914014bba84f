import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findJava, requireJava } from '../../stack/install/java.mjs';
import { ensureKafkaJars } from '../../stack/install/kafka-jars.mjs';
import { javaArguments } from '../../stack/kafka/java-command.ts';
import { startEmbeddedKafka } from '../../stack/kafka/start.ts';
import { spawnGuarded } from '../../stack/start/guarded-process.ts';
import { freePorts } from '../../stack/start/ports.ts';
import type { Authority, Certificate } from './certificates.ts';

/** A broker that wants to know who connects. */
export interface SecuredBroker {
  /** Without TLS and login: for the test itself. */
  readonly open: string;
  /** TLS, and a login by SCRAM. */
  readonly sasl: string;
  /** TLS, and a client certificate of the authority. */
  readonly mutual: string;
}

type User = { readonly name: string; readonly password: string };

/** @param certificate the broker's, for 127.0.0.1 or whatever name it is to be reached by */
export async function securedBroker(
  authority: Authority,
  certificate: Certificate,
  user: User,
  cleanUp: (undo: () => Promise<void>) => void,
): Promise<SecuredBroker> {
  const [open, sasl, mutual, controller] = (await freePorts(4)) as [number, number, number, number];
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-secured-broker-'));
  cleanUp(() => rm(dataDir, { recursive: true, force: true }));
  const broker = await startEmbeddedKafka({
    dataDir,
    port: open,
    controllerPort: controller,
    libsDir: await ensureKafkaJars(),
    heapMb: 256,
    overrides: {
      listeners: [
        `PLAINTEXT://127.0.0.1:${open}`,
        `LOGIN://127.0.0.1:${sasl}`,
        `MUTUAL://127.0.0.1:${mutual}`,
        `CONTROLLER://127.0.0.1:${controller}`,
      ].join(','),
      'advertised.listeners': `PLAINTEXT://127.0.0.1:${open},LOGIN://127.0.0.1:${sasl},MUTUAL://127.0.0.1:${mutual}`,
      'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,LOGIN:SASL_SSL,MUTUAL:SSL',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': keyStore(certificate),
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': authority.ca,
      'listener.name.mutual.ssl.client.auth': 'required',
      'listener.name.login.sasl.enabled.mechanisms': 'SCRAM-SHA-256,SCRAM-SHA-512',
      ...Object.fromEntries(
        ['scram-sha-256', 'scram-sha-512'].map((mechanism) => [
          `listener.name.login.${mechanism}.sasl.jaas.config`,
          'org.apache.kafka.common.security.scram.ScramLoginModule required;',
        ]),
      ),
    },
  });
  cleanUp(broker.kill);
  await addUser(broker.brokers, user);
  const at = (port: number) => `127.0.0.1:${port}`;
  return { open: at(open), sasl: at(sasl), mutual: at(mutual) };
}

/** Kafka wants key and certificate in one file. */
function keyStore({ cert, key }: Certificate): string {
  const path = `${cert}.keystore`;
  writeFileSync(path, readFileSync(key, 'utf8') + readFileSync(cert, 'utf8'));
  return path;
}

/** kafkajs cannot make users; Kafka's own tool does. One mechanism at a time: more it refuses for one user. */
async function addUser(brokers: string, { name, password }: User): Promise<void> {
  const java = findJava() ?? requireJava();
  const libsDir = await ensureKafkaJars();
  for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512']) {
    const user = ['--entity-type', 'users', '--entity-name', name];
    const change = ['--alter', '--add-config', `${mechanism}=[password=${password}]`, ...user];
    const args = ['--bootstrap-server', brokers, ...change];
    const tool = spawnGuarded(java, javaArguments(libsDir, 'kafka.admin.ConfigCommand', 128, args));
    const { code } = await tool.exited;
    if (code !== 0) throw new Error(`the user ${name} could not be made:\n${tool.tail().join('\n')}`);
  }
}
