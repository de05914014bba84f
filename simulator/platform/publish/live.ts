import { MINUTE, type Micros } from '../../../domain/time/micros.ts';
import { sleep } from '../../../platform/errors/backoff.ts';
import type { SimulatedClock } from '../../../replay/clock/simulated-clock.ts';
import type { PlatformWorld } from '../world/platform-world.ts';
import type { PlatformPublisher } from './platform-publisher.ts';

/** Longest that is slept before the clock is looked at again. */
const NAP_MS = 50;
const SLICE_MS = 25;
/** At full speed time is told after so much of it, unless told; at a finite one every two seconds. */
const TELL_EVERY: Micros = 15 * MINUTE;
const TELL_EVERY_MS = 2_000;
const MICROS_PER_MS = 1_000;

export interface LiveOptions {
  world: PlatformWorld;
  publisher: PlatformPublisher;
  /** How fast; it has begun at the world's time. */
  clock: SimulatedClock;
  /** Where it ends; Infinity: never. */
  until: Micros;
  signal: AbortSignal;
  /** A real clock that never goes back, in milliseconds. */
  realNow(): number;
  /** What the wall clock says: nothing is published before it has happened. */
  wallNow(): Micros;
  /** After so much simulated time it is told at full speed: a record for each partition. */
  tellEvery?: Micros;
  /** Called before each minute: waits for whoever has to keep up. */
  ready(at: Micros): Promise<void>;
  /** Called as it goes. */
  progress(at: Micros): void;
}

/**
 * Lives a world by a clock, publishes what happens when it is due, and tells how far time has come. A minute is lived at
 * its beginning, so what is done about it between two minutes counts from the next.
 */
export async function live(options: LiveOptions): Promise<void> {
  const { world, publisher, until, signal, realNow, progress, tellEvery = TELL_EVERY } = options;
  let told = { at: world.now, ms: realNow() };
  const tell = (at: Micros) => {
    publisher.watermark(at);
    told = { at, ms: realNow() };
  };
  while (world.now < until && !signal.aborted) {
    const minute = world.now;
    await options.ready(minute);
    if (!(await due(options, minute))) break;
    for (const event of world.step(minute + MINUTE)) {
      const at = event.value.occurredAt;
      if (isEarly(options, at)) {
        if (realNow() - told.ms >= TELL_EVERY_MS) tell(at);
        await publisher.flush();
        if (!(await due(options, at))) break;
      }
      await publisher.event(event);
      progress(at);
    }
    if (signal.aborted) break;
    const paced = Number.isFinite(options.clock.status().speed);
    if (world.now - told.at >= (paced ? MINUTE : tellEvery)) tell(world.now);
  }
  if (!signal.aborted && told.at < world.now) tell(world.now);
  await publisher.flush();
}

function isEarly({ clock, wallNow }: LiveOptions, at: Micros): boolean {
  return !clock.admits(at) || at > wallNow();
}

/** Waits for a moment. @returns false when it is stopped before */
async function due(options: LiveOptions, at: Micros): Promise<boolean> {
  const { clock, signal, wallNow, progress } = options;
  while (!signal.aborted && isEarly(options, at)) {
    const wait = Math.max(clock.waitMs(at), (at - wallNow()) / MICROS_PER_MS);
    await sleep(Math.min(Math.max(wait, SLICE_MS), NAP_MS), signal);
    progress(Math.min(at, clock.now()));
  }
  return !signal.aborted;
}
