import type { Admin } from 'kafkajs';
import { EXIT_FAILED, parsedOrExit } from '../../../platform/cli/command-line.ts';
import { endWithReader } from '../../../platform/cli/end-with-reader.ts';
import { stopOnSignals } from '../../../platform/cli/stop-on-signals.ts';
import { systemClock } from '../../../platform/clock/clock.ts';
import { configOrExit } from '../../../platform/config/environment.ts';
import { openDatabase } from '../../../platform/database/database.ts';
import { messageOf } from '../../../platform/errors/classify.ts';
import { createKafka } from '../../../platform/kafka/client.ts';
import { explainKafkaTrouble } from '../../../platform/kafka/explain-trouble.ts';
import { createLogger } from '../../../platform/logger/logger.ts';
import { createRegistry } from '../../../platform/metrics/registry.ts';
import { packageVersion } from '../../../platform/version.ts';
import { createReaders } from '../../ingest/create-readers.ts';
import { createProcessorMetrics } from '../../metrics.ts';
import { countKeptRecords } from '../../sql/count-kept-records.ts';
import { topicHandlers } from '../../topics/handlers.ts';
import { type PlanContext, planReplay, type ReplayRange } from './plan-replay.ts';
import { HELP, type ReplayCommand, readReplayCommand } from './replay-command.ts';
import { replayRange } from './replay-range.ts';
import { rangeLines, summaryLines } from './replay-summary.ts';

const PROGRESS_EVERY_MS = 2000;
const STATEMENT_TIMEOUT_MS = 60_000;

type Replay = Extract<ReplayCommand, { kind: 'replay' }>;

endWithReader();
const command = parsedOrExit('replay-offsets', readReplayCommand);
if (command.kind === 'help') process.stdout.write(HELP);
else process.exitCode = await run(command);

async function run(replay: Replay): Promise<number> {
  const config = configOrExit();
  const logger = createLogger({ program: 'replay-offsets', level: 'error' });
  const { url } = config.database;
  const database = openDatabase({
    url,
    poolSize: 2,
    program: 'replay-offsets',
    logger,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  const kafka = createKafka(config.kafka, 'holdfast-replay-offsets', logger);
  const admin: Admin = kafka.admin();
  const { topic, stretch, partition } = replay;
  const context: PlanContext = { database, admin, topic, topicName: config.kafka.topics[topic] };
  try {
    await admin.connect().catch((error: unknown) => {
      throw new Error(`Kafka cannot be used: ${explainKafkaTrouble(error, config.kafka)}`);
    });
    const handler = topicHandlers(config).find((one) => one.topic === topic);
    if (handler === undefined) throw new Error(`nothing reads topic ${topic}`);
    const ranges = await planReplay(context, stretch, partition);
    say(rangeLines(topic, ranges));
    if (replay.dryRun) {
      say([await dryRun(context, ranges, handler.internal ?? false)]);
      return 0;
    }
    const summary = await replayRange(
      {
        ...context,
        kafka,
        groupId: config.kafka.groupId,
        handler,
        readers: createReaders(
          config,
          createProcessorMetrics(createRegistry('replay-offsets', packageVersion())),
        ),
        batchSize: config.batchSize,
        now: systemClock.now,
        signal: stopOnSignals().signal,
        onProgress: progress(),
      },
      ranges,
    );
    say(summaryLines(summary));
    return summary.stopped ? EXIT_FAILED : 0;
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    return EXIT_FAILED;
  } finally {
    await admin.disconnect().catch(() => undefined);
    await database.end();
  }
}

/** @param isInternal the topic leaves no raw rows */
async function dryRun(
  { database, topic }: PlanContext,
  ranges: readonly ReplayRange[],
  isInternal: boolean,
): Promise<string> {
  let offsets = 0;
  let kept = 0;
  for (const { partition, epoch, from, to } of ranges) {
    offsets += to - from;
    if (to > from) kept += await countKeptRecords(database, { topic, epoch, partition }, from, to);
  }
  const known = isInternal ? '' : `; of ${kept} the database has the record`;
  return `${offsets} offsets would be read${known}. Nothing was written.`;
}

function progress(): (summary: { read: number }, total: number) => void {
  let saidAt = performance.now();
  return ({ read }, total) => {
    if (performance.now() - saidAt < PROGRESS_EVERY_MS) return;
    saidAt = performance.now();
    process.stderr.write(`${read} of ${total} offsets read\n`);
  };
}

function say(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
