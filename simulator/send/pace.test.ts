import { expect, it } from 'vitest';
import type { SimulatedRecord } from '../record.ts';
import { pace } from './pace.ts';
import type { RecordSink } from './record-sink.ts';

const START = 1_000_000;

function* records(count: number, everyMs: number): Iterable<SimulatedRecord> {
  for (let i = 0; i < count; i++) {
    yield {
      ...{ kind: 'poison', topic: 'orders', key: null, value: Buffer.alloc(100), scenario: 'poison' },
      at: START + i * everyMs,
      poison: { value: null, class: 'x', expected: 'PARSE_ERROR' },
    };
  }
}

function collector() {
  const batches: { at: number; records: readonly SimulatedRecord[] }[] = [];
  const sink: RecordSink = {
    send: async (sent) => {
      batches.push({ at: Date.now(), records: sent });
      return sent;
    },
    close: async () => undefined,
  };
  return { batches, sink };
}

async function run(
  given: Partial<Parameters<typeof pace>[0]> & { records: Iterable<SimulatedRecord>; sink: RecordSink },
) {
  let stored = 0;
  const options = { start: START, began: Date.now(), speed: 1, staysInThePast: false, clock: Date.now };
  const signal = new AbortController().signal;
  const count = (sent: readonly SimulatedRecord[]): void => {
    stored += sent.length;
  };
  await pace({ ...options, signal, stored: count, ...given });
  return stored;
}

it('sends everything at once without pacing, in batches of limited size', async () => {
  const { batches, sink } = collector();
  expect(await run({ records: records(9_000, 1_000), sink, speed: Number.POSITIVE_INFINITY })).toBe(9_000);
  expect(batches.flatMap((batch) => batch.records).map(({ at }) => at)).toEqual(
    [...records(9_000, 1_000)].map(({ at }) => at),
  );
  expect(Math.max(...batches.map((batch) => batch.records.length))).toBeLessThanOrEqual(2_000);
});

it('never sends before the time, and no more than a moment after', async () => {
  const { batches, sink } = collector();
  const began = Date.now();
  await run({ records: records(60, 100), sink, began, speed: 10 });
  for (const batch of batches) {
    for (const { at } of batch.records) {
      expect(batch.at).toBeGreaterThanOrEqual(Math.floor(began + (at - START) / 10));
      expect(batch.at).toBeLessThan(began + (at - START) / 10 + 500);
    }
  }
  expect(batches.length).toBeGreaterThan(5);
});

it('waits for the real clock where the simulated one would be ahead of it', async () => {
  const { batches, sink } = collector();
  const shift = Date.now() + 150 - START;
  const ahead = [...records(2, 50)].map((record) => ({ ...record, at: record.at + shift }));
  await run({ records: ahead, sink, speed: Number.POSITIVE_INFINITY, staysInThePast: true });
  expect(batches.at(-1)?.at).toBeGreaterThanOrEqual((ahead[1] as SimulatedRecord).at);
});

it('stops when told, having counted what was under way', async () => {
  const { batches, sink } = collector();
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 120);
  const stored = await run({ records: records(100_000, 10), sink, signal: controller.signal });
  expect(stored).toBeLessThan(200);
  expect(stored).toBe(batches.reduce((sum, batch) => sum + batch.records.length, 0));
});

it('fails with the sink', async () => {
  const sink: RecordSink = { send: () => Promise.reject(new Error('broken')), close: async () => undefined };
  await expect(run({ records: records(10, 1), sink })).rejects.toThrow('broken');
});
