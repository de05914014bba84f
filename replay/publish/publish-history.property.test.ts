import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { HOUR, YEAR_2000 } from '../../domain/time/micros.ts';
import { MemoryLog, type Trouble } from '../../test/support/replay/memory-log.ts';
import { SimulatedClock } from '../clock/simulated-clock.ts';
import { REPLAY_TOPICS, type SequencedEvent } from '../source/source-event.ts';
import { type OutgoingRecord, WATERMARK_HEADER } from './batch.ts';
import { partitioner } from './partition-of.ts';
import { publishHistory } from './publish-history.ts';
import { Publisher } from './publisher.ts';

const RUN = '0123456789abcdef';
const PARTITIONS = { orders: 3, payments: 2, reviews: 1 };

const histories = fc
  .array(
    fc.record({
      topic: fc.constantFrom(...REPLAY_TOPICS),
      order: fc.nat(8),
      after: fc.constantFrom(0, 0, 1, 5, 40),
    }),
    { maxLength: 40 },
  )
  .map((steps): SequencedEvent[] => {
    let at = YEAR_2000;
    return steps.map(({ topic, order, after }, index) => {
      at += after * HOUR;
      return { sequence: index + 1, topic, orderId: `order ${order}`, at, json: `${index + 1}` };
    });
  });

const trouble = fc.option(fc.record({ storedEvery: fc.constantFrom(1, 2, 3, 1_000), kill: fc.boolean() }), {
  nil: null,
});

/** One process of the run. @returns whether it came to the end */
async function process(
  log: MemoryLog,
  events: readonly SequencedEvent[],
  stop: AbortController,
): Promise<boolean> {
  const { point } = await log.readBack(RUN);
  const { signal } = stop;
  const publisher = new Publisher({
    log,
    run: RUN,
    partitions: PARTITIONS,
    point,
    backoff: { firstMs: 0, longestMs: 0 },
    signal,
    say: () => undefined,
  });
  let ms = 0;
  const realNow = () => ms++;
  const clock = new SimulatedClock({ speed: Number.POSITIVE_INFINITY, realNow });
  async function* all() {
    for (const event of events) {
      yield event;
      // Small requests, so that there are many to fail.
      if (event.sequence % 3 === 0) await publisher.flush();
    }
  }
  try {
    const { complete } = await publishHistory({
      events: all(),
      publisher,
      clock,
      resumeAfter: point.furthest,
      from: null,
      until: null,
      signal,
      realNow,
      wallNow: () => YEAR_2000,
      ready: async () => undefined,
      progress: () => undefined,
    });
    return complete;
  } catch (error) {
    if (!signal.aborted) throw error;
    return false;
  }
}

/** What a log must have of a history: each event once, by partition, in its order. */
function expected(events: readonly SequencedEvent[]): Map<string, string[]> {
  const logs = new Map<string, string[]>();
  for (const { topic, orderId, json } of events) {
    const key = `${topic} ${partitioner(PARTITIONS[topic])(orderId)}`;
    logs.set(key, [...(logs.get(key) ?? []), json]);
  }
  return logs;
}

function valuesOf(records: readonly OutgoingRecord[]): string[] {
  return records.flatMap(({ value }) => (value === null ? [] : [value]));
}

/** No event is older than a watermark before it. */
function expectNothingLate(records: readonly OutgoingRecord[], events: readonly SequencedEvent[]): void {
  let watermark = Number.NEGATIVE_INFINITY;
  for (const { key, sequence, headers } of records) {
    const said = headers[WATERMARK_HEADER];
    if (key !== null) expect(events[sequence - 1]?.at).toBeGreaterThanOrEqual(watermark);
    else if (said !== 'end') watermark = Math.max(watermark, parseIso8601(said ?? '') ?? Number.NaN);
  }
}

it('stores every event once and in order, and promises nothing it breaks, wherever it is killed or cut off', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.array(trouble, { maxLength: 25 }), async (events, troubles) => {
      let log = new MemoryLog();
      let left: (Trouble | null)[] = troubles;
      for (let complete = false; !complete; ) {
        const stop = new AbortController();
        const next = new MemoryLog(left, () => stop.abort());
        next.takeOver(log);
        complete = await process(next, events, stop);
        log = next;
        const killed = left.findIndex((one) => one?.kill === true);
        left = killed === -1 ? [] : left.slice(killed + 1);
      }
      const wanted = expected(events);
      for (const topic of REPLAY_TOPICS) {
        for (let partition = 0; partition < PARTITIONS[topic]; partition++) {
          const records = log.partitions.get(`${topic} ${partition}`) ?? [];
          expect(valuesOf(records)).toEqual(wanted.get(`${topic} ${partition}`) ?? []);
          expectNothingLate(records, events);
          const last = events.at(-1)?.at;
          if (last === undefined) {
            expect(records).toEqual([]);
            continue;
          }
          const said = records
            .map(({ headers }) => headers[WATERMARK_HEADER])
            .filter((text) => text !== undefined);
          expect(said.at(-1)).toBe('end');
          expect(parseIso8601(said.at(-2) ?? '')).toBeGreaterThan(last);
        }
      }
    }),
    { numRuns: 200 },
  );
}, 60_000);

it('goes on after a stop with a history that was cut off, as if it had not been', async () => {
  const events = Array.from({ length: 30 }, (_, index): SequencedEvent => {
    const sequence = index + 1;
    return {
      sequence,
      topic: 'orders',
      orderId: `${index}`,
      at: YEAR_2000 + index * HOUR,
      json: `${sequence}`,
    };
  });
  const log = new MemoryLog();
  expect(await process(log, events.slice(0, 12), new AbortController())).toBe(true);
  expect(await process(log, events, new AbortController())).toBe(true);
  for (const [key, values] of expected(events))
    expect(valuesOf(log.partitions.get(key) ?? [])).toEqual(values);
});
