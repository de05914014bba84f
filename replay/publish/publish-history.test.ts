import { expect, it } from 'vitest';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { DAY, HOUR, type Micros, YEAR_2000 } from '../../domain/time/micros.ts';
import { MemoryLog } from '../../test/support/replay/memory-log.ts';
import { SimulatedClock } from '../clock/simulated-clock.ts';
import type { SequencedEvent } from '../source/source-event.ts';
import { WATERMARK_HEADER } from './batch.ts';
import { type Published, publishHistory } from './publish-history.ts';
import { Publisher } from './publisher.ts';
import { ResumePoint } from './resume-point.ts';

const RUN = '0123456789abcdef';
const NOW = YEAR_2000 + 1000 * DAY;

const EVENT: SequencedEvent = { sequence: 1, topic: 'orders', orderId: 'o', at: NOW - 9 * DAY, json: '{}' };

/** @returns what became of the history, and the watermarks of a partition */
async function publish(
  events: readonly SequencedEvent[],
  range: { from?: Micros; until?: Micros },
): Promise<[Published, (string | undefined)[]]> {
  const log = new MemoryLog();
  const { signal } = new AbortController();
  const publisher = new Publisher({
    log,
    run: RUN,
    partitions: { orders: 1, payments: 1, reviews: 1 },
    point: new ResumePoint(),
    signal,
    say: () => undefined,
  });
  async function* all() {
    yield* events;
  }
  const realNow = () => 0;
  const published = await publishHistory({
    events: all(),
    publisher,
    clock: new SimulatedClock({ speed: Number.POSITIVE_INFINITY, realNow }),
    resumeAfter: 0,
    from: range.from ?? null,
    until: range.until ?? null,
    signal,
    realNow,
    wallNow: () => NOW,
    ready: async () => undefined,
    progress: () => undefined,
  });
  const marks = (log.partitions.get('reviews 0') ?? []).map(({ headers }) => headers[WATERMARK_HEADER]);
  return [published, marks];
}

it('says nothing about time when there is nothing to publish', async () => {
  const nothing = { first: null, last: null, complete: true };
  expect(await publish([], {})).toEqual([nothing, []]);
  expect(await publish([], { from: YEAR_2000, until: NOW + DAY })).toEqual([nothing, []]);
});

it('ends with the range, but not later than it is', async () => {
  const last = async (until: Micros) => (await publish([EVENT], { until }))[1].slice(-2);
  expect(await last(NOW - HOUR)).toEqual([formatIso8601(NOW - HOUR), 'end']);
  expect(await last(NOW + 3000 * DAY)).toEqual([formatIso8601(NOW), 'end']);
});

it('ends after the last event without a range, whatever the clock says', async () => {
  const [, marks] = await publish([{ ...EVENT, at: NOW + HOUR }], { until: NOW + DAY });
  expect(marks.at(-2)).toBe(formatIso8601(NOW + HOUR + 1));
  expect((await publish([EVENT], {}))[1].at(-2)).toBe(formatIso8601(EVENT.at + 1));
});
