import { loadConfig } from '../platform/config/load.ts';
import { createKafka } from '../platform/kafka/client.ts';
import { ensureTopics } from '../platform/kafka/topics.ts';
import { createLogger } from '../platform/logger/logger.ts';
import { simulate } from './programs.ts';
import { freshBenchDatabase } from './services.ts';

/**
 * Makes the topics the processor reads and writes, and sends so many simulated records to `orders`.
 *
 * @param databaseUrl gets the products
 */
export async function fillTopics(
  settings: Readonly<Record<string, string>>,
  databaseUrl: string,
  events: number,
): Promise<void> {
  const config = loadConfig({ ...settings, DATABASE_URL: databaseUrl });
  const logger = createLogger({ program: 'bench', level: 'error' });
  const admin = createKafka(config.kafka, 'holdfast-bench', logger).admin();
  await admin.connect();
  await ensureTopics(admin, config.kafka, ['orders', 'holds', 'dead-letters', 'actions']);
  await admin.disconnect();
  await simulate(['--scenario', 'normal', '--rate', 'max', '--events', String(events), '--seed', '7'], {
    ...settings,
    DATABASE_URL: databaseUrl,
  });
}

/** The same; the products are in a database that is dropped at once. @param settings of topics that are not the usual ones */
export async function fillOrders(
  { brokers, events, say }: { brokers: string; events: number; say: (line: string) => void },
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  say(`filling ${settings.KAFKA_TOPIC_PREFIX ?? ''}orders with ${events} records`);
  const database = await freshBenchDatabase();
  try {
    await fillTopics({ KAFKA_BROKERS: brokers, KAFKA_TOPIC_PREFIX: '', ...settings }, database.url, events);
  } finally {
    await database.drop();
  }
}
