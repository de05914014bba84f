import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { endWithReader } from '../../platform/cli/end-with-reader.ts';
import { configOrExit } from '../../platform/config/environment.ts';
import { TOPICS, type Topic } from '../../platform/config/variables.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { messageOf } from '../../platform/errors/classify.ts';
import { createKafka } from '../../platform/kafka/client.ts';
import { explainKafkaTrouble } from '../../platform/kafka/explain-trouble.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { acceptLoss, type OffsetsContext, rewind, startEpoch, viewPartitions } from './commands.ts';

const HELP = `npm run offsets -- COMMAND [--topic orders] [--partition N]

  list         positions beside what the broker has
  accept-loss  go on after retention deleted records that were not read yet
  new-epoch    the topic was re-created: start every partition over, old and new offsets kept apart
  rewind       read everything again that the broker has; what is known already changes nothing

Running processors notice by themselves within seconds. "npm run replay-offsets -- --help": a stretch of time again, without
moving a position.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    topic: { type: 'string', default: 'orders' },
    partition: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const command = positionals[0];
const only = values.partition === undefined ? null : Number(values.partition);

function refuse(message: string): never {
  process.stderr.write(`${message}\n\n${HELP}`);
  process.exit(2);
}

if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (command === undefined) refuse('Say what to do.');
if (!TOPICS.includes(values.topic as Topic)) refuse(`--topic must be one of ${TOPICS.join(', ')}.`);
if (only !== null && !(Number.isInteger(only) && only >= 0))
  refuse('--partition must be a number of a partition.');

async function run(context: OffsetsContext): Promise<readonly string[]> {
  switch (command) {
    case 'list':
      return (await viewPartitions(context)).map(
        (view) =>
          `${context.topic} partition ${view.partition}: position ${view.position} in [${view.low}, ${view.high}], epoch ${view.epoch}${view.doubt === null ? '' : `  ${view.doubt}`}`,
      );
    case 'accept-loss':
      return acceptLoss(context, only);
    case 'new-epoch':
      return startEpoch(context);
    case 'rewind':
      return rewind(context, only);
    default:
      return refuse(`There is no command ${command}.`);
  }
}

endWithReader();
const config = configOrExit();
const logger = createLogger({ program: 'offsets', level: 'error' });
const database = openDatabase({ url: config.database.url, poolSize: 2, program: 'offsets', logger });
const admin = createKafka(config.kafka, 'holdfast-offsets', logger).admin();
try {
  await admin.connect().catch((error: unknown) => {
    throw new Error(`Kafka cannot be used: ${explainKafkaTrouble(error, config.kafka)}`);
  });
  const topic = values.topic as Topic;
  const lines = await run({
    database,
    admin,
    topic,
    topicName: config.kafka.topics[topic],
    actor: userInfo().username,
  });
  process.stdout.write(lines.length === 0 ? 'Nothing to do.\n' : `${lines.join('\n')}\n`);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
} finally {
  await admin.disconnect().catch(() => undefined);
  await database.end();
}
