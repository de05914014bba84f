import { loadConfig } from '../platform/config/load.ts';
import { createKafka } from '../platform/kafka/client.ts';
import { ensureTopics } from '../platform/kafka/topics.ts';
import { createLogger } from '../platform/logger/logger.ts';
import { simulate } from './programs.ts';

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
