import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Releasers } from '../platform/lifecycle/releasers.ts';
import { createLogger } from '../platform/logger/logger.ts';
import { measureLatency } from './latency.ts';
import { simulate } from './programs.ts';
import { type BenchResult, report } from './report.ts';
import { benchBrokers, freshBenchDatabase } from './services.ts';
import { measureThroughput } from './throughput.ts';
import { measureYardstick } from './yardstick.ts';

const HELP = `npm run bench -- [--events N] [--runs N] [--latency-rate N] [--latency-seconds N]

Measures Kafka -> committed (raw, events, orders, holds; all rules on) as a ratio to the barest insert of the same rows
in the same run, and the latency at a steady rate. On the embedded stack, or on DATABASE_URL and KAFKA_BROKERS, where a
database of its own is made and dropped. BENCH_CPU_PROFILE=1 leaves a CPU profile of the processor in .holdfast/bench.
`;

const { values } = parseArgs({
  options: {
    events: { type: 'string' },
    runs: { type: 'string', default: '3' },
    'latency-rate': { type: 'string', default: '1000' },
    'latency-seconds': { type: 'string', default: '20' },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const native = (process.env.DATABASE_URL ?? '') !== '';
const events = Number(values.events ?? (native ? 500_000 : 50_000));
const releasers = new Releasers(createLogger({ program: 'bench', level: 'error' }));
const say = (line: string) => process.stderr.write(`${line}\n`);

async function throughputRun(brokers: string, run: number): Promise<BenchResult['throughput'][number]> {
  const database = await freshBenchDatabase();
  try {
    let shown = -1;
    const measured = await measureThroughput(brokers, database, events, (consumed) => {
      const percent = Math.floor((consumed / events) * 10) * 10;
      if (percent > shown) say(`run ${run}: ${percent} %`);
      shown = Math.max(shown, percent);
    });
    const yardstick = await measureYardstick(database);
    say(
      `run ${run}: ${measured.recordsPerSecond.toFixed(0)} records/s, yardstick ${yardstick.toFixed(0)} rows/s`,
    );
    return { ...measured, yardstick, ratio: measured.recordsPerSecond / yardstick };
  } finally {
    await database.drop();
  }
}

async function bench(): Promise<BenchResult> {
  const brokers = await benchBrokers(releasers);
  const settings = { KAFKA_BROKERS: brokers, KAFKA_TOPIC_PREFIX: '' };
  say(`filling the topic with ${events} records`);
  const first = await freshBenchDatabase();
  try {
    await fill(settings, first.url);
  } finally {
    await first.drop();
  }
  const throughput: BenchResult['throughput'] = [];
  for (let run = 1; run <= Number(values.runs); run += 1) throughput.push(await throughputRun(brokers, run));
  const rate = Number(values['latency-rate']);
  say(`latency at ${rate} records/s`);
  const database = await freshBenchDatabase();
  try {
    const latency = await measureLatency(brokers, database, rate, Number(values['latency-seconds']));
    return { native, events, throughput, latency: { ...latency, rate } };
  } finally {
    await database.drop();
  }
}

/** The processor creates the topics; it is started for that alone. */
async function fill(settings: Record<string, string>, databaseUrl: string): Promise<void> {
  const { createKafka } = await import('../platform/kafka/client.ts');
  const { ensureTopics } = await import('../platform/kafka/topics.ts');
  const { loadConfig } = await import('../platform/config/load.ts');
  const config = loadConfig({ ...settings, DATABASE_URL: databaseUrl });
  const admin = createKafka(
    config.kafka,
    'holdfast-bench',
    createLogger({ program: 'bench', level: 'error' }),
  ).admin();
  await admin.connect();
  await ensureTopics(admin, config.kafka, ['orders', 'holds', 'dead-letters']);
  await admin.disconnect();
  await simulate(['--scenario', 'normal', '--rate', 'max', '--events', String(events), '--seed', '7'], {
    ...settings,
    DATABASE_URL: databaseUrl,
  });
}

try {
  const result = await bench();
  mkdirSync('.holdfast/bench', { recursive: true });
  writeFileSync('.holdfast/bench/result.json', `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(report(result));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await releasers.release();
}
