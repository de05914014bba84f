import { endWithReader } from '../cli/end-with-reader.ts';
import { configOrExit } from '../config/environment.ts';
import { classifyError, messageOf } from '../errors/classify.ts';
import { migrate } from './migrate.ts';
import { setRetention } from './retention.ts';

endWithReader();
const config = configOrExit();
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const { applied } = await migrate({ databaseUrl: config.database.url, log: say });
  say(
    applied.length === 0
      ? 'The database is up to date.'
      : `The database is up to date: ${applied.length} files applied.`,
  );
  await setRetention(config.database.url, config.retentionDays);
  if (config.retentionDays !== null) say(`Facts older than ${config.retentionDays} days are dropped.`);
} catch (error) {
  const advice = classifyError(error) === 'unavailable' ? ' Is the database of DATABASE_URL running?' : '';
  process.stderr.write(`${messageOf(error)}${advice}\n`);
  process.exit(1);
}
