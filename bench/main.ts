import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Releasers } from '../platform/lifecycle/releasers.ts';
import { createLogger } from '../platform/logger/logger.ts';
import { clicksReport, measureClicks } from './clicks.ts';
import { detectorsReport, measureDetectors } from './detectors.ts';
import { type CpuProfile, flameGraph } from './flame-graph.ts';
import { measureProcessing } from './processing.ts';
import { report } from './report.ts';
import { measureScale, scaleReport } from './scale.ts';
import { benchBrokers } from './services.ts';
import { measureInstances, measurePartitions, type SpreadResult, spreadReport } from './spread.ts';
import { measureStorm, stormReport } from './storm.ts';

const HELP = `npm run bench -- [processing] [--events N] [--runs N] [--latency-rate N] [--latency-seconds N]
npm run bench -- clicks [--events N] [--clicks N]
npm run bench -- storm [--alerts N]
npm run bench -- scale [--events N] [--sizes N,N]
npm run bench -- partitions [--events N] [--counts N,N] [--runs N]
npm run bench -- instances [--events N] [--counts N,N] [--runs N] [--share PERCENT]
npm run bench -- detectors [--days N] [--size NAME] [--runs N]

processing  Kafka -> committed (raw, events, orders, holds; all rules on) as a ratio to the barest insert of the same rows
            in the same run, and the latency at a steady rate. BENCH_CPU_PROFILE=1 leaves CPU profiles of the processor
            in .holdfast/bench, and a flame graph of the largest.
clicks      from a click in Slack to its transition committed, without load and while the processor works at full speed.
storm       alerts within one minute, at the rates that Slack allows: how long until all of them are there.
scale       Kafka -> committed into databases that hold so many events already, as a ratio to an empty one just before.
partitions  Kafka -> committed from topics of so many partitions, by one processor.
instances   Kafka -> committed by so many processors, each of which is stopped for most of the time, so that database and
            broker have room beside them and one processor's lack of time is all that limits them.
detectors   the traffic of a delivery platform with platform intelligence off and on, by turns: what is left of the speed.

On the embedded stack, or on DATABASE_URL and KAFKA_BROKERS, where a database of its own is made and dropped.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string' },
    runs: { type: 'string', default: '3' },
    'latency-rate': { type: 'string', default: '1000' },
    'latency-seconds': { type: 'string', default: '20' },
    clicks: { type: 'string', default: '300' },
    alerts: { type: 'string', default: '1000' },
    sizes: { type: 'string', default: '10000000' },
    counts: { type: 'string' },
    share: { type: 'string', default: '15' },
    days: { type: 'string', default: '3' },
    size: { type: 'string', default: 'medium' },
    help: { type: 'boolean' },
  },
});
const FOLDER = '.holdfast/bench';
const native = (process.env.DATABASE_URL ?? '') !== '';
const releasers = new Releasers(createLogger({ program: 'bench', level: 'error' }));
const say = (line: string) => process.stderr.write(`${line}\n`);

/** Each keeps its result in .holdfast/bench, and tells it as text. */
const benches: Readonly<Record<string, () => Promise<string>>> = {
  processing: async () => {
    const result = await measureProcessing({
      brokers: await benchBrokers(releasers),
      native,
      events: Number(values.events ?? (native ? 500_000 : 50_000)),
      runs: Number(values.runs),
      rate: Number(values['latency-rate']),
      seconds: Number(values['latency-seconds']),
      say,
    });
    keep('result', result);
    if (process.env.BENCH_CPU_PROFILE !== undefined) drawFlameGraph();
    return report(result);
  },
  clicks: async () => {
    const result = await measureClicks({
      brokers: await benchBrokers(releasers),
      events: Number(values.events ?? (native ? 500_000 : 250_000)),
      clicks: Number(values.clicks),
      say,
    });
    keep('clicks', result);
    return clicksReport(result);
  },
  storm: async () => {
    const result = await measureStorm({ alerts: Number(values.alerts), say });
    keep('storm', result);
    return stormReport(result);
  },
  scale: async () => {
    const result = await measureScale({
      brokers: await benchBrokers(releasers),
      events: Number(values.events ?? 300_000),
      sizes: numbers(values.sizes),
      say,
    });
    keep('scale', result);
    return scaleReport(result);
  },
  partitions: async () => keptSpread(await measurePartitions(await spreadOptions('1,3,6,12,24'))),
  instances: async () =>
    keptSpread(
      await measureInstances({ ...(await spreadOptions('1,2,4')), share: Number(values.share) / 100 }),
    ),
  detectors: async () => {
    const result = await measureDetectors({
      brokers: await benchBrokers(releasers),
      days: Number(values.days),
      size: values.size,
      runs: Number(values.runs),
      say,
    });
    keep('detectors', result);
    return detectorsReport(result);
  },
};

function numbers(list: string): number[] {
  if (!/^\d+(,\d+)*$/.test(list))
    throw new Error(`whole numbers with commas between are wanted, not "${list}"`);
  return list.split(',').map(Number);
}

async function spreadOptions(counts: string) {
  return {
    brokers: await benchBrokers(releasers),
    events: Number(values.events ?? 150_000),
    counts: numbers(values.counts ?? counts),
    runs: Number(values.runs),
    say,
  };
}

function keptSpread(result: SpreadResult): string {
  keep(result.of, result);
  return spreadReport(result);
}

/** Of the largest profile: that of a throughput run, not of the measurement of latency. */
function drawFlameGraph(): void {
  const profiles = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.cpuprofile'))
    .map((file) => readFileSync(`${FOLDER}/${file}`, 'utf8'));
  const largest = profiles.reduce((a, b) => (b.length > a.length ? b : a), '');
  if (largest === '') return;
  const svg = flameGraph(
    JSON.parse(largest) as CpuProfile,
    `${process.cwd()}/`,
    'The processor on a backlog',
  );
  writeFileSync(`${FOLDER}/flame-graph.svg`, svg);
  say(`${FOLDER}/flame-graph.svg`);
}

function keep(name: string, result: unknown): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
}

const bench = benches[positionals[0] ?? 'processing'];
if (values.help || bench === undefined) {
  process.stdout.write(HELP);
  process.exit(values.help ? 0 : 2);
}
try {
  process.stdout.write(await bench());
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await releasers.release();
}
