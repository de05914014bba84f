import type { Admin } from 'kafkajs';
import type { KafkaConfig } from '../config/kafka.ts';
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

/** More copies than this nobody needs who did not ask for them. */
const USUAL_REPLICAS = 3;

/**
 * Creates the topics that do not exist yet. Existing ones are left as they are. From three copies on, two brokers have
 * to have a record before it counts as sent: one may then be lost, and neither a record nor the service with it.
 *
 * @throws {Error} when topics are missing and there are fewer brokers than copies asked for
 */
export async function ensureTopics(
  admin: Admin,
  config: KafkaConfig,
  topics: readonly Topic[],
): Promise<string[]> {
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter((topic) => !existing.has(config.topics[topic]));
  if (missing.length === 0) return [];
  const brokers = (await admin.describeCluster()).brokers.length;
  const replicationFactor = config.replicationFactor ?? Math.min(brokers, USUAL_REPLICAS);
  if (replicationFactor > brokers)
    throw new Error(
      `HOLDFAST_REPLICATION_FACTOR is ${replicationFactor}, and ${brokers} of the brokers can be seen: start the others, or lower it`,
    );
  const durable = replicationFactor >= 3 ? { 'min.insync.replicas': '2' } : {};
  await admin.createTopics({
    waitForLeaders: true,
    topics: missing.map((topic) => ({
      topic: config.topics[topic],
      numPartitions: config.partitions,
      replicationFactor,
      configEntries: Object.entries({ ...durable, ...SETTINGS[topic] }).map(([name, value]) => ({
        name,
        value,
      })),
    })),
  });
  return missing.map((topic) => config.topics[topic]);
}
