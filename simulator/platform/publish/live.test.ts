import { describe, expect, it } from 'vitest';
import { parseIso8601 } from '../../../domain/time/iso8601.ts';
import { HOUR, MINUTE, type Micros } from '../../../domain/time/micros.ts';
import { SimulatedClock } from '../../../replay/clock/simulated-clock.ts';
import { WATERMARK_HEADER } from '../../../replay/publish/batch.ts';
import { PlatformWorld } from '../world/platform-world.ts';
import { PLATFORM_TOPICS, type PlatformTopic } from '../world/world-event.ts';
import { live } from './live.ts';
import { PlatformPublisher, type PlatformRecord } from './platform-publisher.ts';

const START: Micros = Date.UTC(2026, 2, 4, 9) * 1_000;
const SIZE = { districts: 1, restaurantsPerDistrict: 2, ordersPerDay: 600 };
const PARTITIONS = Object.fromEntries(PLATFORM_TOPICS.map((topic) => [topic, 2])) as Record<
  PlatformTopic,
  number
>;

const makeWorld = () => new PlatformWorld({ seed: 'live', start: START, size: SIZE });

/** A log in memory; `troubles` says which requests fail after they were stored. */
function log(troubles: readonly number[] = []) {
  const records: PlatformRecord[] = [];
  let requests = 0;
  return {
    records,
    append: async (more: readonly PlatformRecord[]) => {
      records.push(...more);
      if (troubles.includes(++requests)) throw new Error('the connection was lost');
    },
  };
}

interface Times {
  speed: number;
  realNow: () => number;
  wallNow: () => Micros;
  ready?: (at: Micros) => Promise<void>;
}

async function publish(
  store: ReturnType<typeof log>,
  times: Times,
  until = START + HOUR,
  { topics, ...more }: { topics?: readonly PlatformTopic[]; tellEvery?: Micros } = {},
) {
  const { signal } = new AbortController();
  const publisher = new PlatformPublisher({
    ...{ store, partitions: PARTITIONS, signal, say: () => undefined },
    ...(topics === undefined ? {} : { topics }),
    backoff: { firstMs: 0, longestMs: 0 },
  });
  const clock = new SimulatedClock({ speed: times.speed, realNow: times.realNow });
  clock.begin(START);
  const world = makeWorld();
  await live({
    ...{ world, publisher, clock, until, signal, realNow: times.realNow, wallNow: times.wallNow },
    ...more,
    ready: times.ready ?? (async () => undefined),
    progress: () => undefined,
  });
  return publisher;
}

const FAST: Times = { speed: Number.POSITIVE_INFINITY, realNow: () => 0, wallNow: () => START + HOUR };

/** The keys and times of what a partition was given; null: a watermark. */
function eventTime({ value }: PlatformRecord): Micros | null {
  return value === null ? null : parseIso8601((JSON.parse(value) as { occurred_at: string }).occurred_at);
}

describe('publishing a world', () => {
  it('stores all of it, and breaks no promise of a watermark', async () => {
    const store = log();
    const publisher = await publish(store, FAST);
    const expected = makeWorld().step(START + HOUR);
    expect(publisher.total).toBe(expected.length);
    const promised = new Map<string, Micros>();
    let told = 0;
    for (const record of store.records) {
      const place = `${record.topic} ${record.partition}`;
      const at = eventTime(record);
      if (at !== null) expect(at).toBeGreaterThanOrEqual(promised.get(place) ?? 0);
      else {
        promised.set(place, parseIso8601(record.headers[WATERMARK_HEADER] ?? '') ?? Number.NaN);
        told++;
      }
    }
    expect(told).toBe(4 * 12);
    expect(new Set(promised.values())).toEqual(new Set([START + HOUR]));
  });

  it('publishes some topics alone, and tells all how far time has come, as often as it is told to', async () => {
    const store = log();
    const only = { topics: ['orders', 'reviews'] as const, tellEvery: HOUR / 2 };
    const publisher = await publish(store, FAST, START + HOUR, only);
    const said = makeWorld().step(START + HOUR);
    expect(publisher.total).toBe(
      said.filter(({ topic }) => topic === 'orders' || topic === 'reviews').length,
    );
    expect(publisher.stored).toMatchObject({ payments: 0, deliveries: 0, riders: 0, restaurants: 0 });
    const marks = store.records.filter(({ value }) => value === null);
    expect(marks).toHaveLength(2 * 12);
    expect(new Set(marks.map(({ topic }) => topic))).toEqual(new Set(PLATFORM_TOPICS));
  });

  it('sends again what may not have arrived', async () => {
    const store = log([1]);
    const publisher = await publish(store, FAST);
    const expected = makeWorld().step(START + HOUR);
    const values = new Set(store.records.flatMap(({ value }) => value ?? []));
    expect(values.size).toBe(new Set(store.records.map(({ value }) => value)).size - 1);
    expect(publisher.total).toBe(expected.length);
    expect(store.records.length).toBeGreaterThan(publisher.total);
  });

  it('publishes nothing before its time, by the clock of the world and by that on the wall', async () => {
    // Each look at the clock takes 2 ms; an hour in 3.6 s.
    for (const wall of [Number.POSITIVE_INFINITY, 500]) {
      let ms = 0;
      const realNow = () => (ms += 2);
      const wallNow = () => START + Math.min(ms * 1_000 * MINUTE, ms * 1_000 * wall);
      const early: number[] = [];
      const store = {
        ...log(),
        append: async (more: readonly PlatformRecord[]) => {
          const now = Math.min(START + ms * 1_000 * 1_000, wallNow());
          for (const record of more) {
            const at = eventTime(record);
            if (at !== null && at > now) early.push(at - now);
          }
        },
      };
      await publish(store, { speed: 1_000, realNow, wallNow }, START + 5 * MINUTE);
      expect(early).toEqual([]);
      expect(ms).toBeGreaterThanOrEqual(Number.isFinite(wall) ? 580 : 290);
    }
  });

  it('asks before each minute whether it may go on', async () => {
    const asked: Micros[] = [];
    const ready = async (at: Micros) => void asked.push(at);
    await publish(log(), { ...FAST, ready }, START + 3 * MINUTE);
    expect(asked).toEqual([START, START + MINUTE, START + 2 * MINUTE]);
  });
});
