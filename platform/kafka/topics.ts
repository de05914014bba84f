import type { Admin } from 'kafkajs';
import type { KafkaConfig } from '../config/load.ts';
import type { Topic } from '../config/variables.ts';

const DAY_MS = 24 * 3600 * 1000;

/** Beyond what one record may have, so that a record over the input limit still fits as a dead letter. */
const DEAD_LETTER_MAX_BYTES = 16 * 1024 * 1024;

/**
 * Dead letters are kept for 30 days: they are work for people, who have weekends. What was decided on holds is kept for
 * ever: it is nowhere else, should the database have to be built anew.
 */
const SETTINGS: Partial<Record<Topic, Readonly<Record<string, string>>>> = {
  'dead-letters': {
    'max.message.bytes': String(DEAD_LETTER_MAX_BYTES),
    'retention.ms': String(30 * DAY_MS),
  },
  holds: { 'retention.ms': '-1' },
};

/** Creates the topics that do not exist yet. Existing ones are left as they are. */
export async function ensureTopics(
  admin: Admin,
  config: KafkaConfig,
  topics: readonly Topic[],
): Promise<string[]> {
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter((topic) => !existing.has(config.topics[topic]));
  if (missing.length === 0) return [];
  await admin.createTopics({
    waitForLeaders: true,
    topics: missing.map((topic) => ({
      topic: config.topics[topic],
      numPartitions: config.partitions,
      configEntries: Object.entries(SETTINGS[topic] ?? {}).map(([name, value]) => ({ name, value })),
    })),
  });
  return missing.map((topic) => config.topics[topic]);
}
