import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { ensureKafkaJars } from '../../stack/install/kafka-jars.mjs';
import { type EmbeddedKafka, startEmbeddedKafka } from '../../stack/kafka/start.ts';
import { freePorts } from '../../stack/start/ports.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Bootstrap address of the broker that all tests share. */
    kafkaBrokers: string;
  }
}

/** Bootstrap address of the broker that all tests share. Use topics under a prefix of your own on it. */
export function kafkaBrokers(): string {
  return inject('kafkaBrokers');
}

/** A topic prefix nobody else has, such as `t-4f9a1c-`; good for consumer group names too. */
export function freshTopicPrefix(): string {
  return `t-${randomBytes(4).toString('hex')}-`;
}

export type PrivateBroker = {
  readonly brokers: string;
  readonly dataDir: string;
  /** Starts it again on the same folder and ports. */
  readonly start: () => Promise<void>;
  /** Controlled shutdown. */
  readonly stop: () => Promise<void>;
  /** SIGKILL. */
  readonly kill: () => Promise<void>;
  /** Process id while it runs. */
  readonly pid: () => number | undefined;
};

/**
 * A running broker of the caller's own, to be stopped, killed and started again. Removed when the test ends; in a
 * `beforeAll` take the undo through `cleanUp` and return it from the hook.
 */
export async function privateBroker({
  cleanUp = onTestFinished,
  overrides = {},
}: {
  cleanUp?: (undo: () => Promise<void>) => void;
  overrides?: Readonly<Record<string, string>>;
} = {}): Promise<PrivateBroker> {
  const libsDir = await ensureKafkaJars();
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-broker-'));
  const [port, controllerPort] = (await freePorts(2)) as [number, number];
  let running: EmbeddedKafka | undefined;

  cleanUp(async () => {
    await running?.kill();
    await rm(dataDir, { recursive: true, force: true });
  });
  const start = async () => {
    running = await startEmbeddedKafka({ dataDir, port, controllerPort, libsDir, overrides, heapMb: 256 });
  };
  await start();
  return {
    brokers: `127.0.0.1:${port}`,
    dataDir,
    start,
    pid: () => running?.pid,
    stop: async () => {
      await running?.stop();
      running = undefined;
    },
    kill: async () => {
      await running?.kill();
      running = undefined;
    },
  };
}
