import { expectedSpan, type GenerateOptions } from './generate-options.ts';
import { planLife } from './lifecycle/plan.ts';
import type { ScenarioEntry } from './scenarios/catalogue-of-scenarios.ts';
import { ordinaryOrder } from './scenarios/ordinary-order.ts';
import type { Emit, ScenarioSource, World } from './scenarios/scenario-source.ts';
import { averageOf, dailyCurve } from './timing/daily-curve.ts';
import type { Prng } from './timing/prng.ts';

interface Stream {
  source: ScenarioSource;
  rng: Prng;
  /** Mean time between incidents in ms, at average traffic. */
  every: number;
  nextAt: number;
}

/** Endless runs are scaled so that their first hour has the wanted rate. */
const ENDLESS_SPAN_MS = 3_600_000;
const SAMPLED_LIVES = 400;

/**
 * When orders and incidents begin: Poisson processes whose rate follows the daily curve. At the start, where no older order
 * sends anything yet, more new ones come, so that the rate of records is right from the first second.
 */
export class Arrivals {
  readonly #streams: Stream[] = [];
  #soonest: Stream | undefined;
  readonly #curve: (ms: number) => number;
  #curveMinute = Number.NaN;
  #curveNow = 1;

  constructor(options: GenerateOptions, world: World, shares: ReadonlyMap<ScenarioEntry, number>, rng: Prng) {
    this.#curve = scaledCurve(options);
    let left = 1;
    for (const [entry, share] of shares) {
      left -= share;
      const stream = rng.fork(entry.scenario);
      const source = entry.create(world, stream.fork('incidents'));
      const every = (source.records / (options.density * share)) * 1_000;
      this.#streams.push({
        source,
        rng: stream,
        every,
        nextAt: options.start + Math.min(entry.firstAfter, every),
      });
    }
    if (options.background) this.#streams.push(normalStream(options, world, left, rng.fork('normal')));
    this.#findSoonest();
  }

  /** When the next order or incident begins, ms since the epoch. */
  get nextAt(): number {
    return this.#soonest?.nextAt ?? Number.POSITIVE_INFINITY;
  }

  /** Makes what begins at `nextAt`. */
  produce(emit: Emit): void {
    const stream = this.#soonest;
    if (stream === undefined) return;
    stream.source.incident(stream.nextAt, emit);
    stream.nextAt += stream.rng.exponential(stream.every / this.#trafficAt(stream.nextAt));
    this.#findSoonest();
  }

  #findSoonest(): void {
    let soonest = this.#streams[0];
    for (const stream of this.#streams) if (stream.nextAt < (soonest as Stream).nextAt) soonest = stream;
    this.#soonest = soonest;
  }

  #trafficAt(ms: number): number {
    const minute = Math.floor(ms / 60_000);
    if (minute !== this.#curveMinute) {
      this.#curveMinute = minute;
      this.#curveNow = this.#curve(ms);
    }
    return this.#curveNow;
  }
}

/** The daily curve with an average of 1 over the run. */
function scaledCurve(options: GenerateOptions): (ms: number) => number {
  if (!options.daily) return () => 1;
  const curve = dailyCurve(options.timeZone);
  const average = averageOf(curve, options.start, options.start + (expectedSpan(options) ?? ENDLESS_SPAN_MS));
  return (ms) => curve(ms) / average;
}

function normalStream(options: GenerateOptions, world: World, share: number, rng: Prng): Stream {
  const sentBy = recordsByAge(world, rng.fork('ramp'));
  const orders = rng.fork('orders');
  const perRecord = 1_000 / (options.density * share);
  const stream: Stream = {
    rng,
    every: perRecord,
    nextAt: options.start,
    source: {
      scenario: 'normal',
      records: 1,
      incident(at, emit) {
        emit.order(ordinaryOrder(world, orders, 'normal', at));
        stream.every = perRecord * sentBy(at - options.start);
      },
    },
  };
  return stream;
}

/** How many records an order has sent on average when it is `age` ms old, by a sample of planned lives. */
function recordsByAge(world: World, rng: Prng): (age: number) => number {
  const ages: number[] = [];
  for (let i = 0; i < SAMPLED_LIVES; i++) {
    for (const event of planLife(rng, world.compress, i % 5 === 0)) ages.push(event.after);
  }
  ages.sort((a, b) => a - b);
  let cursor = 0;
  return (age) => {
    while (cursor < ages.length && (ages[cursor] as number) <= age) cursor++;
    return Math.max(cursor / SAMPLED_LIVES, 1);
  };
}
