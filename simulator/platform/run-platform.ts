import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { DAY, MINUTE, type Micros } from '../../domain/time/micros.ts';
import type { Config } from '../../platform/config/load.ts';
import type { Database } from '../../platform/database/database.ts';
import { closeServer, listen } from '../../platform/health/listen.ts';
import type { Logger } from '../../platform/logger/logger.ts';
import { SimulatedClock } from '../../replay/clock/simulated-clock.ts';
import { KafkaWriter } from '../../replay/publish/kafka-writer.ts';
import { readEventTime } from '../../replay/sql/read-event-time.ts';
import { Progress, type Terminal } from '../send/progress.ts';
import { shortCode } from '../timing/prng.ts';
import type { PlatformCommand } from './command-line/command.ts';
import { platformApp } from './http/platform-app.ts';
import { truthLine } from './incidents/ground-truth.ts';
import { planIncidents } from './incidents/plan-incidents.ts';
import { customerLine } from './people/customer-truth.ts';
import { keepInStep } from './publish/keep-in-step.ts';
import { live } from './publish/live.ts';
import { PlatformPublisher } from './publish/platform-publisher.ts';
import { PlatformWorld } from './world/platform-world.ts';
import { PLATFORM_TOPICS, type PlatformTopic } from './world/world-event.ts';

/** What a run needs from outside. */
export interface PlatformContext {
  config: Config;
  /** Not connected yet: the first query may fail. */
  database: Database;
  logger: Logger;
  terminal: Terminal;
  /** A real clock that never goes back, in milliseconds. */
  realNow(): number;
  /** What the wall clock says. */
  wallNow(): Micros;
  signal: AbortSignal;
}

/** What a run did. */
export interface PlatformSummary {
  from: string;
  to: string;
  incidents: number;
  customers: number;
  events: Record<PlatformTopic, number>;
  truth: string;
  customerTruth: string;
  realMs: number;
}

/** Where a run lies in time. */
interface Span {
  start: Micros;
  liveAt: Micros;
  until: Micros;
}

/** So often time is told between two moments at which the processor is waited for. */
const TOLD_BETWEEN = 4;
const HOST = '127.0.0.1';
const MICROS_PER_MS = 1_000;

/**
 * One run, from the making of the world to its ground truth.
 *
 * @throws {RangeError} for incidents that the world has no place for
 * @throws {Error} when Kafka or the database are away, or event time has passed the history
 */
export async function runPlatform(
  command: PlatformCommand,
  context: PlatformContext,
): Promise<PlatformSummary> {
  const { config, realNow } = context;
  const began = realNow();
  const span = spanOf(command, context.wallNow());
  const world = makeWorld(command, span);
  const folder = join(config.dataDir, 'platform');
  const truth = command.truth ?? join(folder, 'incidents.jsonl');
  const customerTruth = command.customers ?? join(folder, 'customers.jsonl');
  await keepTruth(truth, world);
  const events = command.dryRun ? count(command, world, span) : await publish(command, context, world, span);
  // Operations may have ended some earlier than was planned.
  await keepTruth(truth, world);
  const customers = [...world.customers()];
  await writeLines(
    customerTruth,
    customers.map((customer) => customerLine(customer, world.regions)),
  );
  return {
    from: formatIso8601(span.start),
    to: formatIso8601(world.now),
    incidents: world.incidents().length,
    customers: customers.length,
    events,
    truth,
    customerTruth,
    realMs: Math.round(realNow() - began),
  };
}

function spanOf({ start, days, duration, speed }: PlatformCommand, wallNow: Micros): Span {
  const ends = Number.isFinite(duration) && speed !== 1 ? duration : 0;
  const first = start ?? Math.floor((wallNow - days * DAY - ends) / MINUTE) * MINUTE;
  const liveAt = first + days * DAY;
  return { start: first, liveAt, until: liveAt + duration };
}

function makeWorld(command: PlatformCommand, { start, liveAt, until }: Span): PlatformWorld {
  const { size, seed, holidays, incidents, randomIncidents, quietDays } = command;
  // Two runs on one database are two worlds, whose orders must not meet.
  const prefix = `P${shortCode(`${seed}/${start}`, 5)}-`;
  const world = new PlatformWorld({ seed, start, size, holidays, prefix });
  const chance = {
    ...{ seed, count: randomIncidents, from: start + quietDays * DAY },
    to: Number.isFinite(until) ? until : liveAt,
  };
  for (const incident of planIncidents(world, incidents, chance, liveAt)) world.inject(incident);
  return world;
}

function count(
  { topics }: PlatformCommand,
  world: PlatformWorld,
  { until }: Span,
): Record<PlatformTopic, number> {
  const counts = noEvents();
  while (world.now < until)
    for (const { topic } of world.step(world.now + MINUTE)) if (topics.includes(topic)) counts[topic]++;
  return counts;
}

async function publish(
  command: PlatformCommand,
  context: PlatformContext,
  world: PlatformWorld,
  { start, liveAt, until }: Span,
): Promise<Record<PlatformTopic, number>> {
  const { config, logger, terminal, signal, realNow, wallNow, database } = context;
  const progress = new Progress({
    terminal,
    clock: () => wallNow() / MICROS_PER_MS,
    timeZone: config.timeZone,
    events: undefined,
    start: start / MICROS_PER_MS,
    end: Number.isFinite(until) ? until / MICROS_PER_MS : undefined,
    speed: Number.POSITIVE_INFINITY,
  });
  const say = (message: string) => progress.say(message);
  const writer = new KafkaWriter({
    ...{ kafka: config.kafka, logger, signal, say },
    clientId: 'holdfast-platform-simulator',
    topics: PLATFORM_TOPICS,
  });
  const secrets = config.webhooks.secrets;
  const app = platformApp({ world, secrets, nowSeconds: () => wallNow() / 1e6, logger });
  const port = command.port ?? config.ports.platform;
  const server = command.http ? await listen(app, HOST, port, 'PLATFORM_PORT or --port') : null;
  try {
    const partitions = await writer.partitions();
    checkEventTime(await readEventTime(database), start);
    const publisher = new PlatformPublisher({
      store: writer,
      partitions,
      topics: command.topics,
      signal,
      say,
    });
    publisher.watermark(start);
    await publisher.flush();
    const url = server === null ? null : `http://${HOST}:${port}`;
    if (!command.quiet) say(opening(world, url, { start, liveAt, until }));
    const liveTo = (end: Micros, speed: number, ready: (at: Micros) => Promise<void>) => {
      const clock = new SimulatedClock({ speed, realNow });
      clock.begin(world.now);
      return live({
        ...{ world, publisher, clock, until: end, signal, realNow, wallNow, ready, ...coarsely },
        progress: (at) => {
          if (!command.quiet) progress.update(publisher.total, at / MICROS_PER_MS);
        },
      });
    };
    const { inStep: every } = command;
    // Whoever is waited for once a day need not be told every quarter of an hour.
    const coarsely = every === 'step' || every === null ? {} : { tellEvery: every / TOLD_BETWEEN };
    const isDue = (at: Micros) =>
      every === 'step' ? at % config.detectionStep === 0 : every !== null && (at - liveAt) % every === 0;
    const inStep = async (at: Micros) => {
      if (!isDue(at)) return;
      publisher.watermark(at);
      await publisher.flush();
      await keepInStep(at, { database, signal, realNow, say });
    };
    await liveTo(liveAt, Number.POSITIVE_INFINITY, async () => undefined);
    await liveTo(until, command.speed, inStep);
    publisher.watermark('end');
    await publisher.flush();
    return publisher.stored;
  } finally {
    progress.end();
    await writer.close();
    if (server !== null) await closeServer(server);
  }
}

/** @throws {Error} when what follows event time would take the whole history for late */
function checkEventTime(eventTime: Micros | null, start: Micros): void {
  if (eventTime === null || eventTime <= start) return;
  throw new Error(
    `Event time in the database has come to ${formatIso8601(eventTime)} already, and this world begins at ${formatIso8601(start)}: all of its history would be late. Begin now with --days 0, or use a fresh database and topics: "npm start -- --reset" makes the embedded ones anew`,
  );
}

function opening(world: PlatformWorld, url: string | null, { start, liveAt }: Span): string {
  const { regions, restaurants } = world;
  const days = (liveAt - start) / DAY;
  return `${regions.length} districts (${regions[0]} to ${regions.at(-1)}), ${restaurants.size} restaurants, ${world.incidents().length} incidents; ${days} days of history from ${formatIso8601(start).slice(0, 16)}Z, live from ${formatIso8601(liveAt).slice(0, 16)}Z${url === null ? '' : `; ${url}`}`;
}

async function keepTruth(path: string, world: PlatformWorld): Promise<void> {
  await writeLines(path, world.incidents().map(truthLine));
}

async function writeLines(path: string, lines: readonly string[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, lines.map((line) => `${line}\n`).join(''));
}

function noEvents(): Record<PlatformTopic, number> {
  return Object.fromEntries(PLATFORM_TOPICS.map((topic) => [topic, 0])) as Record<PlatformTopic, number>;
}
