import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { projectRoot } from '../../stack/install/paths.mjs';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { consume, createLenientTopic, produce } from '../support/kafka-client.ts';
import { startReadyProcessor } from '../support/processor-process.ts';

const TWO_HOURS_MS = 7_200_000;
const TIMEOUT_MS = 600_000;

test(
  'what Kafka refuses while the clock is two hours ahead is published once the clock is right',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-clock-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const clock = join(folder, 'offset');
    await writeFile(clock, String(TWO_HOURS_MS));
    const prefix = freshTopicPrefix();
    const database = await freshDatabase();
    await createLenientTopic(kafkaBrokers(), `${prefix}orders`, 1);
    const processor = await startReadyProcessor({
      DATABASE_URL: database.url,
      KAFKA_BROKERS: kafkaBrokers(),
      KAFKA_TOPIC_PREFIX: prefix,
      KAFKA_GROUP_ID: prefix,
      NODE_OPTIONS: `--import=${join(projectRoot, 'bench/chaos/stage/jumping-clock.mjs')}`,
      CHAOS_CLOCK_FILE: clock,
    });
    await produce(kafkaBrokers(), `${prefix}orders`, [{ key: 'k', value: 'no JSON' }]);
    const waiting = async () => {
      const { rows } = await database.pool().query<{ state: string }>('SELECT state FROM kafka_outbox');
      return rows.map(({ state }) => state);
    };
    await eventually('Kafka to refuse', () => /outbox not published/.test(processor.log()), {
      explain: processor.log,
    });
    expect(await waiting()).toEqual(['pending']);
    await writeFile(clock, '0');
    await eventually('the dead letter to be published', async () => (await waiting()).length === 0);
    const [letter] = await consume(kafkaBrokers(), `${prefix}dead-letters`, 1);
    expect(String(letter?.value)).toBe('no JSON');
  },
  TIMEOUT_MS,
);
