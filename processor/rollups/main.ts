import { parseArgs } from 'node:util';
import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { endWithReader } from '../../platform/cli/end-with-reader.ts';
import { configOrExit } from '../../platform/config/environment.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { messageOf } from '../../platform/errors/classify.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { refreshRollups } from './refresh-rollups.ts';

const HELP = `npm run rollups -- [--from 2017-01-01T00:00:00Z] [--to 2017-02-01T00:00:00Z]

Refreshes every rollup over a stretch of time (all of it when left out), the finer ones first.
`;

const { values } = parseArgs({
  options: { from: { type: 'string' }, to: { type: 'string' }, help: { type: 'boolean' } },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
for (const [name, value] of Object.entries(values)) {
  if (typeof value === 'string' && parseIso8601(value) === null) {
    process.stderr.write(`--${name} must be an ISO 8601 time with an offset, such as 2017-01-01T00:00:00Z\n`);
    process.exit(2);
  }
}

endWithReader();
const config = configOrExit();
const logger = createLogger({ program: 'rollups', level: 'warn' });
const database = openDatabase({ url: config.database.url, poolSize: 1, program: 'rollups', logger });
try {
  await refreshRollups(database, { from: values.from ?? null, to: values.to ?? null }, (name, ms) =>
    process.stdout.write(`${name.padEnd(28)} ${(ms / 1000).toFixed(2)} s\n`),
  );
} catch (error) {
  process.stderr.write(`The rollups could not be refreshed: ${messageOf(error)}\n`);
  process.exitCode = 1;
} finally {
  await database.end();
}
