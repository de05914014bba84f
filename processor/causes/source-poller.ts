import type { SourceReading } from '../../domain/causes/source-reading.ts';
import { HOUR, type Micros } from '../../domain/time/micros.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import type { SourcesConfig } from '../../platform/config/sources.ts';
import type { Database } from '../../platform/database/database.ts';
import { type BackoffOptions, sleep } from '../../platform/errors/backoff.ts';
import type { Logger } from '../../platform/logger/logger.ts';
import { readSequencedTo } from '../sequence/sql/read-sequenced-to.ts';
import { PausedTargets } from '../webhooks/paused-targets.ts';
import { type Answer, askSource, type Question } from './ask-source.ts';
import type { SourceMetrics } from './source-metrics.ts';
import { insertSourceReadings } from './sql/insert-source-readings.ts';
import { regionsToAsk } from './sql/regions-to-ask.ts';

export interface PollerContext {
  database: Database;
  logger: Logger;
  clock: Clock;
  metrics: SourceMetrics;
}

export interface PollerOptions {
  /** What is read of the sources is good for so much event time: the length of a step. */
  every: Micros;
  timeoutMs: number;
  /** Between looks at the event time. */
  idleMs: number;
  /** Questions at the same time. */
  most: number;
  mostRegions: number;
  /** How long a source that failed is left alone. */
  backoff: BackoffOptions;
}

export const POLLER_DEFAULTS: Omit<PollerOptions, 'every'> = {
  timeoutMs: 3000,
  idleMs: 2000,
  most: 8,
  mostRegions: 200,
  backoff: { firstMs: 5000, longestMs: 300_000 },
};

/** A region without orders for so long is not asked about. */
const REGIONS_SINCE: Micros = 2 * HOUR;

/**
 * Asks weather, traffic and services how they are, once for each step of event time, and keeps what they say: outside of any
 * transaction that waits for it. What is not there when a step is judged is not missed.
 */
export class SourcePoller {
  private readonly context: PollerContext;
  private readonly sources: SourcesConfig;
  private readonly options: PollerOptions;
  private readonly paused: PausedTargets;
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;
  private askedFor: Micros | null = null;

  constructor(
    context: PollerContext,
    sources: SourcesConfig,
    options: Partial<PollerOptions> & { every: Micros },
  ) {
    this.context = context;
    this.sources = sources;
    this.options = { ...POLLER_DEFAULTS, ...options };
    this.paused = new PausedTargets(this.options.backoff, Math.random);
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    for (let failures = 0; !signal.aborted; ) {
      try {
        await this.readDue();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.context.logger[failures === 1 ? 'warn' : 'debug']({ err: error, failures }, 'sources not read');
      }
      await sleep(this.options.idleMs, signal);
    }
  }

  /** Asks for the step that event time is in, unless that was done. @returns what was said */
  async readDue(): Promise<SourceReading[]> {
    const { database } = this.context;
    const eventTime = await readSequencedTo(database);
    if (eventTime === null) return [];
    const at = Math.floor(eventTime / this.options.every) * this.options.every;
    if (at === this.askedFor) return [];
    const readings = await this.ask(await this.questions(at));
    await insertSourceReadings(database, readings);
    // Only now: what could not be kept is asked for again.
    this.askedFor = at;
    return readings;
  }

  private async questions(at: Micros): Promise<Question[]> {
    const { weather, traffic, health } = this.sources;
    const probes = [...health].map(([subject, url]): Question => ({ source: 'HEALTH', subject, url, at }));
    if (weather === null && traffic === null) return probes;
    const regions = await regionsToAsk(this.context.database, at - REGIONS_SINCE, this.options.mostRegions);
    const ofRegions = regions.flatMap((subject): Question[] => [
      ...(weather === null ? [] : [{ source: 'WEATHER' as const, subject, url: weather, at }]),
      ...(traffic === null ? [] : [{ source: 'TRAFFIC' as const, subject, url: traffic, at }]),
    ]);
    return [...probes, ...ofRegions];
  }

  private async ask(questions: readonly Question[]): Promise<(SourceReading & { latencyMs: number })[]> {
    const readings: (SourceReading & { latencyMs: number })[] = [];
    const waiting = [...questions];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (this.isPaused(next)) continue;
        const answer = await askSource(next, this.options.timeoutMs, this.stopping.signal);
        this.note(next, answer);
        if (answer.reading !== null) readings.push({ ...answer.reading, latencyMs: answer.latencyMs });
      }
    };
    await Promise.all(Array.from({ length: this.options.most }, work));
    return readings;
  }

  /** A service is asked each time: that it is down is what one wants to know. */
  private isPaused({ source }: Question): boolean {
    return source !== 'HEALTH' && this.paused.at(this.nowMs()).includes(source);
  }

  private note({ source }: Question, { outcome }: Answer): void {
    this.context.metrics.requests.inc({ source: source.toLowerCase(), outcome });
    if (source === 'HEALTH') return;
    if (outcome === 'read') this.paused.forget(source);
    else {
      this.paused.pause(source, this.nowMs(), 0);
      this.context.logger.debug({ source, outcome }, 'a source said nothing usable');
    }
  }

  private nowMs(): number {
    return this.context.clock.now() / 1000;
  }
}
