import type { Config } from '../platform/config/load.ts';
import type { Database } from '../platform/database/database.ts';
import { type Traffic, traffic } from './build-traffic.ts';
import { upsertProducts } from './catalogue/upsert-products.ts';
import type { Command } from './command-line/command.ts';
import { planRun, type RunPlan } from './command-line/plan-run.ts';
import { records } from './generate.ts';
import { expectedSpan } from './generate-options.ts';
import { avroSink } from './send/avro-sink.ts';
import { KafkaSink } from './send/kafka-sink.ts';
import { pace } from './send/pace.ts';
import { Progress, type Terminal } from './send/progress.ts';
import { NO_SINK, type RecordSink } from './send/record-sink.ts';
import { type Summary, Tally } from './tally/tally.ts';
import { type Verification, verify } from './verify/verify.ts';

/** What a run needs from outside. */
export interface SimulatorContext {
  config: Config;
  /** Not connected yet: the first query may fail. */
  database: Database;
  /** Real clock, ms since the epoch. */
  clock(): number;
  /** Where progress and messages go. */
  terminal: Terminal;
  /** Fires to stop: what is under way is finished and counted. */
  signal: AbortSignal;
}

export interface Outcome {
  run: string;
  /** Begins every order_id of the run. */
  prefix: string;
  seed: string;
  /** Whether the database knew the products. */
  stock: boolean;
  /** Records the broker refused as too large. */
  refused: number;
  realMs: number;
  sent: Summary;
  /** Null when not asked for, or when the database could not be reached. */
  verification: Verification | null;
}

/**
 * One run from connecting to the comparison.
 *
 * @throws {Error} when broker or topic are missing for a minute, or `verify` is asked for and the database is away
 * @throws {RangeError} when an option makes no sense
 */
export async function simulate(command: Command, context: SimulatorContext): Promise<Outcome> {
  const { config, clock, signal, terminal } = context;
  const say = (message: string): void => terminal.write(`${message}\n`);
  let progress: Progress | undefined;
  const kafka = command.dryRun
    ? null
    : new KafkaSink({
        kafka: config.kafka,
        gzip: command.gzip,
        signal,
        say: (message) => (progress ? progress.say(message) : say(message)),
      });
  try {
    await kafka?.connect();
    const sink = kafka === null ? NO_SINK : await sinkFor(command, config, kafka);
    const plan = planRun(command, config, clock());
    for (const warning of plan.warnings) say(warning);
    const built = traffic(plan.generate);
    const stock = command.dryRun || signal.aborted || (await makeProductsKnown(context, built, say));
    const tally = new Tally(stock, config.holds);
    if (!command.quiet && !signal.aborted) {
      say(opening(plan, built));
      progress = new Progress(progressOptions(plan, context));
    }
    const began = clock();
    await pace({
      records: records(plan.generate, built),
      sink,
      start: plan.generate.start,
      speed: command.dryRun ? Number.POSITIVE_INFINITY : plan.speed,
      began: plan.live ? plan.generate.start : began,
      staysInThePast: plan.staysInThePast && !command.dryRun,
      signal,
      clock,
      stored(stored, simulated) {
        for (const record of stored) tally.add(record);
        progress?.update(tally.records, simulated);
      },
    });
    progress?.end();
    const realMs = clock() - began;
    const sent = tally.summary();
    const compared =
      command.verify && kafka !== null
        ? await compareWithDatabase(context, kafka, built, sent, stock, say)
        : null;
    return {
      run: plan.generate.run,
      prefix: built.prefix,
      seed: command.seed,
      stock,
      refused: kafka?.refused ?? 0,
      realMs,
      sent,
      verification: compared,
    };
  } finally {
    progress?.end();
    await kafka?.close();
  }
}

/** @throws {Error} when Avro is asked for, and the registry is not set, away, or refuses the schema */
async function sinkFor({ format }: Command, config: Config, kafka: KafkaSink): Promise<RecordSink> {
  if (format === 'json') return kafka;
  if (config.schemaRegistry === null)
    throw new Error('--format avro needs a schema registry: set HOLDFAST_SCHEMA_REGISTRY_URL');
  return avroSink(kafka, config.schemaRegistry, config.kafka.topics.orders);
}

async function makeProductsKnown(
  { database }: SimulatorContext,
  { products }: Traffic,
  say: (text: string) => void,
): Promise<boolean> {
  try {
    await upsertProducts(database, products);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(
      `the products cannot be made known to the database (${reason}): nothing will be out of stock (FUL-INV)`,
    );
    return false;
  }
}

function compareWithDatabase(
  context: SimulatorContext,
  kafka: KafkaSink,
  { prefix }: Traffic,
  sent: Summary,
  stock: boolean,
  say: (text: string) => void,
): Promise<Verification> {
  const { database, clock } = context;
  // A stopped run is compared all the same.
  const signal = new AbortController().signal;
  return kafka.endOffsets().then((endOffsets) =>
    verify({
      database,
      prefix,
      sent,
      endOffsets,
      signal,
      clock,
      say,
      stock,
      retried: kafka.retried,
    }),
  );
}

function opening({ generate, speed }: RunPlan, { prefix, products, compress }: Traffic): string {
  const pacing = Number.isFinite(speed)
    ? `${generate.density * speed}/s at speed ${speed}`
    : 'as fast as it goes';
  return `sending ${generate.scenarios.join(', ')}, ${pacing}; order_id ${prefix}..., ${products.length.toLocaleString('en-US')} products, lives of orders ${compress.toFixed(1)} times faster than real`;
}

function progressOptions({ generate, speed }: RunPlan, { terminal, clock, config }: SimulatorContext) {
  const span = expectedSpan(generate);
  return {
    terminal,
    clock,
    timeZone: config.timeZone,
    events: generate.events,
    start: generate.start,
    speed,
    end: span === undefined ? undefined : generate.start + span,
  };
}
