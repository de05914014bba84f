import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import type { TestProject } from 'vitest/node';
import { ensureKafkaJars } from '../../stack/install/kafka-jars.mjs';
import { startEmbeddedKafka } from '../../stack/kafka/start.ts';
import { freePorts } from '../../stack/start/ports.ts';
import './kafka.ts'; // declares what is provided

type Undo = () => Promise<unknown>;

/**
 * Runs once before the tests that need a database or a broker: one Kafka for all of them (TEST_KAFKA_BROKERS when set)
 * and the migrated database every test's own database is copied from. Returns the tear-down.
 */
export default async function setup(project: TestProject): Promise<Undo> {
  const undo: Undo[] = [];
  const tearDown = async () => {
    for (const step of undo.reverse()) await step();
  };
  try {
    await allDone([provideKafka(project, undo), provideDatabases(undo)]);
  } catch (error) {
    await tearDown();
    throw error;
  }
  return tearDown;
}

/** Waits for all of them, also when one fails: only then may be torn down what they made. */
async function allDone(tasks: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(tasks);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function provideKafka(project: TestProject, undo: Undo[]): Promise<void> {
  const external = process.env.TEST_KAFKA_BROKERS;
  if (external) {
    project.provide('kafkaBrokers', external);
    return;
  }
  const libsDir = await ensureKafkaJars();
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-test-kafka-'));
  undo.push(() => rm(dataDir, { recursive: true, force: true }));
  const [port, controllerPort] = (await freePorts(2)) as [number, number];
  const kafka = await startEmbeddedKafka({ dataDir, port, controllerPort, libsDir });
  undo.push(() => kafka.stop());
  project.provide('kafkaBrokers', kafka.brokers);
}

async function provideDatabases(undo: Undo[]): Promise<void> {
  // vitest's own module runner, which runs this file, lacks import.meta.resolve; tsx loads natively.
  const template: typeof import('./template.ts') = await tsImport('./template.ts', import.meta.url);
  undo.push(template.disposeTemplate);
  await template.prepareTemplate();
}
