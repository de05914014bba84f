import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { formatIso8601 } from '../domain/time/iso8601.ts';
import type { Micros } from '../domain/time/micros.ts';
import type { Config } from '../platform/config/load.ts';
import type { Database } from '../platform/database/database.ts';
import type { Logger } from '../platform/logger/logger.ts';
import { SimulatedClock } from './clock/simulated-clock.ts';
import { formatSpeed } from './clock/speeds.ts';
import type { Command } from './command-line/command.ts';
import { type Listening, listenToControls } from './control/listen-to-controls.ts';
import { checkStart } from './publish/check-start.ts';
import { KafkaLog } from './publish/kafka-log.ts';
import { publishHistory } from './publish/publish-history.ts';
import { Publisher } from './publish/publisher.ts';
import { waitForProcessor } from './publish/wait-for-processor.ts';
import { type ArrangedEvents, type History, readHistory } from './read-history.ts';
import { type ReferenceCounts, writeReferences } from './references/write-references.ts';
import { IssueReport } from './report/issue-report.ts';
import { sampleHistory } from './sample/sample-history.ts';
import { Progress, type Terminal } from './screen/progress.ts';
import { isoOrNull, type Summary } from './screen/summary.ts';
import { runIdOf } from './source/fingerprint.ts';
import { readEventTime } from './sql/read-event-time.ts';

/** What a replay needs from outside. */
export interface ReplayContext {
  config: Config;
  /** Not connected yet: the first query may fail. */
  database: Database;
  logger: Logger;
  /** Where progress and messages go. */
  terminal: Terminal;
  /** A real clock that never goes back, in milliseconds. */
  realNow(): number;
  /** What the wall clock says. */
  wallNow(): Micros;
  /** Most memory this process has had, in megabytes. */
  peakMemoryMb(): number;
  /** Stops it: what is under way is stored. */
  stop: AbortController;
}

/** What a part of a replay is made of. */
interface Run extends ReplayContext {
  command: Command;
  dir: string;
  history: History;
  progress: Progress;
}

/** The part of a summary that publishing decides. */
type Outcome = Pick<
  Summary,
  'run' | 'complete' | 'references' | 'published' | 'passedOver' | 'firstEvent' | 'lastEvent'
>;

/**
 * One replay from reading the files to the summary.
 *
 * @throws {SourceError} when files or columns are missing
 * @throws {RefusedStart} when event time has passed the history
 * @throws {Error} when Kafka or the database are away
 */
export async function replay(command: Command, context: ReplayContext): Promise<Summary> {
  const { config, terminal, realNow } = context;
  const began = realNow();
  const folder = join(config.dataDir, 'replay');
  const report = new IssueReport(command.report ?? join(folder, 'report.jsonl'));
  const progress = new Progress(terminal, realNow);
  try {
    await mkdir(folder, { recursive: true });
    const dir = command.data ?? (await sampleHistory(join(folder, 'sample')));
    const history = await readHistory(dir, {
      adapter: command.adapter,
      utcOffset: command.utcOffset,
      cacheDir: command.cache ?? folder,
      ...(command.from === null ? {} : { from: command.from }),
      ...(command.until === null ? {} : { until: command.until }),
      onIssue: (issue) => report.add(issue),
    });
    const run: Run = { ...context, command, dir, history, progress };
    const outcome = command.dryRun ? await readOnly(run) : await publish(run);
    report.close();
    const realMs = realNow() - began;
    const events = Object.values(outcome.published).reduce((sum, count) => sum + count, 0);
    return {
      ...outcome,
      issues: report.summary(),
      realMs: Math.round(realMs),
      eventsPerSecond: (events / Math.max(realMs, 1)) * 1_000,
      peakMemoryMb: Math.round(context.peakMemoryMb()),
    };
  } finally {
    progress.end();
    report.close();
  }
}

async function readOnly({ history, stop }: Run): Promise<Outcome> {
  const references: ReferenceCounts = { sellers: 0, customers: 0, products: 0, zip_coordinates: 0 };
  for await (const { table } of history.references()) references[table]++;
  const published: Outcome['published'] = { orders: 0, payments: 0, reviews: 0 };
  const arranged = await history.arrange();
  for await (const { topic } of arranged.events) {
    if (stop.signal.aborted) break;
    published[topic]++;
  }
  return {
    run: null,
    complete: !stop.signal.aborted,
    references,
    published,
    passedOver: 0,
    firstEvent: isoOrNull(arranged.first),
    lastEvent: isoOrNull(arranged.last),
  };
}

async function publish(run: Run): Promise<Outcome> {
  const { command, config, logger, stop, progress, realNow } = run;
  const { signal } = stop;
  const clock = new SimulatedClock({ speed: command.speed, realNow });
  if (command.paused) clock.pause();
  const say = (message: string) => progress.say(message);
  let controls: Listening | undefined;
  const log = new KafkaLog({ kafka: config.kafka, logger, signal, say });
  try {
    // Its port keeps a second replay from this machine's topics, so it comes before everything else.
    controls = await listenToControls({ config, logger, clock, stop, utcOffset: command.utcOffset });
    return await publishTo(run, log, clock, controls);
  } finally {
    await controls?.close();
    await log.close();
  }
}

async function publishTo(
  run: Run,
  log: KafkaLog,
  clock: SimulatedClock,
  controls: Listening,
): Promise<Outcome> {
  const { command, database, dir, history, progress, realNow, wallNow } = run;
  const { signal } = run.stop;
  const say = (message: string) => progress.say(message);
  const partitions = await log.partitions();
  const { from, utcOffset } = command;
  const runId = await runIdOf(dir, { adapter: command.adapter, utcOffset, from, partitions });
  const found = await log.readBack(runId);
  const arranged = await history.arrange();
  checkStart(found, await readEventTime(database), from ?? arranged.first);
  const references = await writeReferences(database, history.references(), command.openingStock);
  const publisher = new Publisher({ log, run: runId, partitions, point: found.point, signal, say });
  if (!command.quiet || arranged.total === 0)
    say(opening(runId, arranged, found.point.furthest, command, controls));
  const done = () => publisher.passedOver + publisher.given;
  const end = arranged.last ?? 0;
  controls.show(() => ({ run: runId, events: arranged.total, done: done() }));
  const published = await publishHistory({
    events: arranged.events,
    publisher,
    clock,
    resumeAfter: found.point.furthest,
    from,
    until: command.until,
    signal,
    realNow,
    wallNow,
    ready: async (first) => {
      if (command.wait) await waitForProcessor(first, { database, partitions, signal, realNow, say });
    },
    progress: () => {
      if (command.quiet) return;
      progress.update(() => ({ done: done(), total: arranged.total, end, clock: clock.status() }));
    },
  });
  return {
    run: runId,
    complete: published.complete,
    references,
    published: publisher.stored,
    passedOver: publisher.passedOver,
    firstEvent: isoOrNull(published.first),
    lastEvent: isoOrNull(published.last),
  };
}

function opening(
  run: string,
  { total, first, last }: ArrangedEvents,
  furthest: number,
  { speed, from, until }: Command,
  { url, keys }: Listening,
): string {
  if (first === null || last === null) {
    const range = from === null && until === null ? '' : ' in the range of --from and --until';
    return `nothing to publish: the files have no events${range}. Kafka gets nothing, and event time stays where it is`;
  }
  const what = `${total.toLocaleString('en-US')} events from ${formatIso8601(first).slice(0, 10)} to ${formatIso8601(last).slice(0, 10)}`;
  const where = furthest > 0 ? `, going on after event ${furthest.toLocaleString('en-US')}` : '';
  const how = keys === null ? '' : `\n${keys}`;
  return `replaying ${what} at ${formatSpeed(speed)}${where} (run ${run}; control ${url})${how}`;
}
