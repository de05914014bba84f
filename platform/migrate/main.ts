import { endWithReader } from '../cli/end-with-reader.ts';
import { configOrExit } from '../config/environment.ts';
import { explainDatabaseTrouble } from '../database/explain-trouble.ts';
import { classifyError } from '../errors/classify.ts';
import { migrate } from './migrate.ts';
import { setPolicies } from './policies.ts';

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
  for (const line of await setPolicies(config.database.url, config)) say(line);
} catch (error) {
  const advice = classifyError(error) === 'unavailable' ? ' Is the database of DATABASE_URL running?' : '';
  process.stderr.write(`${explainDatabaseTrouble(error)}${advice}\n`);
  process.exit(1);
}
