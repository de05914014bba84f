import type { Micros } from '../../domain/time/micros.ts';
import { sleep } from '../../platform/errors/backoff.ts';
import type { SimulatedClock } from '../clock/simulated-clock.ts';
import type { SequencedEvent } from '../source/source-event.ts';
import type { Publisher } from './publisher.ts';
import { WatermarkSchedule } from './watermark-schedule.ts';

/** Longest the loop sleeps before it looks at the clock again, which may have been told something. */
const NAP_MS = 50;
/** Events that are due within so many real milliseconds go out together. */
const SLICE_MS = 25;

export interface PublishOptions {
  events: AsyncIterable<SequencedEvent>;
  publisher: Publisher;
  clock: SimulatedClock;
  /** Sequence of the last event that an earlier process of the run stored anywhere; the clock stands still up to it. */
  resumeAfter: number;
  /** Where time begins; null: with the first event. */
  from: Micros | null;
  /** Where it ends; null: with the last event. */
  until: Micros | null;
  signal: AbortSignal;
  /** A real clock that never goes back, in milliseconds. */
  realNow(): number;
  /** What the wall clock says. */
  wallNow(): Micros;
  /** Called once, when the first watermark is stored and before the first event: waits for whoever has to know it. */
  ready(first: Micros): Promise<void>;
  /** Called as it goes. */
  progress(): void;
}

export interface Published {
  /** Times of the first and the last event of the history so far; null: it has none. */
  first: Micros | null;
  last: Micros | null;
  /** Whether all of it is published. */
  complete: boolean;
}

/**
 * Publishes a history by its clock: what earlier processes of the run stored is passed over, what they missed is sent at
 * once, the rest when it is due. Says how far time has come at the start, each simulated day, at each pause, and at the
 * end; then hands time back. Of a history without events it says nothing: time is where it was.
 */
export async function publishHistory(options: PublishOptions): Promise<Published> {
  const { publisher, clock, signal, realNow, from, until } = options;
  const result: Published = { first: null, last: null, complete: false };
  let schedule: WatermarkSchedule | undefined;

  const say = (at: Micros) => {
    if (schedule?.isNews(at) !== true) return;
    publisher.watermark(at);
    schedule.said(at, realNow());
  };
  const begin = async (at: Micros) => {
    publisher.watermark(at);
    await publisher.flush();
    await options.ready(at);
    return new WatermarkSchedule(at, realNow());
  };

  let next: Micros | null = null;
  let caughtUp = false;
  for await (const event of options.events) {
    next = event.at;
    if (signal.aborted) break;
    result.first ??= event.at;
    const before = result.last;
    if (publisher.has(event)) {
      publisher.passOver(event);
      result.last = event.at;
      continue;
    }
    schedule ??= await begin(before === null ? Math.min(from ?? event.at, event.at) : event.at);
    if (event.sequence > options.resumeAfter) {
      if (!caughtUp) clock.begin(before ?? Math.min(from ?? event.at, event.at));
      caughtUp = true;
      await due(options, schedule, event.at, say);
      if (signal.aborted) break;
    }
    const watermark = schedule.before(event.at);
    if (watermark !== null) say(watermark);
    await publisher.event(event);
    result.last = event.at;
    options.progress();
  }
  if (!signal.aborted) {
    result.complete = true;
    if (result.last === null) return result;
    // A watermark of a time to come would be rejected, or make everything late that happens until then.
    const end = Math.max(result.last + 1, Math.min(until ?? result.last, options.wallNow()));
    publisher.watermark(end);
    publisher.watermark('end');
  } else if (schedule !== undefined) {
    // The clock may be ahead of what could be published.
    say(Math.min(clock.now(), next ?? Number.POSITIVE_INFINITY));
  }
  await publisher.flush();
  return result;
}

/** Waits until an event of this time is due, or the replay is stopped. */
async function due(
  { publisher, clock, signal, realNow, progress }: PublishOptions,
  schedule: WatermarkSchedule,
  at: Micros,
  say: (at: Micros) => void,
): Promise<void> {
  let paused = false;
  while (!signal.aborted && !clock.admits(at)) {
    const { state, now } = clock.status();
    if (state === 'paused' && !paused) say(now);
    else {
      const idle = schedule.whileIdle(now, realNow());
      if (idle !== null && idle <= at) say(idle);
    }
    paused = state === 'paused';
    await publisher.flush();
    progress();
    await sleep(Math.min(Math.max(clock.waitMs(at), SLICE_MS), NAP_MS), signal);
  }
}
