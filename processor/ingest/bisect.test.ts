import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processBisecting } from './bisect.ts';
import type { KafkaRecord } from './kafka-record.ts';
import { type BatchResult, BatchTooWide, type PartitionBatch } from './process-batch.ts';

function batchOf(size: number): PartitionBatch {
  const records = Array.from(
    { length: size },
    (_, index): KafkaRecord => ({ offset: 100 + index, timestampMs: 0, key: null, value: null, headers: {} }),
  );
  return { partition: 0, epoch: 0, expected: 100, records, refused: new Map() };
}

const refusal = () => Object.assign(new Error('value overflows numeric format'), { code: '22003' });

/** A database that refuses some offsets until they come as rejected records, and fences by position as the real one. */
class FakeDatabase {
  position = 100;
  readonly stored: number[] = [];
  readonly setAside: [offset: number, reason: string][] = [];
  private readonly bad: ReadonlySet<number>;

  constructor(bad: Iterable<number>) {
    this.bad = new Set(bad);
  }

  readonly process = async (batch: PartitionBatch): Promise<BatchResult> => {
    expect(batch.expected).toBe(this.position);
    const offsets = batch.records.map((record) => record.offset);
    if (offsets.some((offset) => this.bad.has(offset) && !batch.refused.has(offset))) throw refusal();
    for (const offset of offsets) {
      const reason = batch.refused.get(offset);
      if (reason === undefined) this.stored.push(offset);
      else this.setAside.push([offset, reason]);
    }
    this.position = (offsets.at(-1) ?? 0) + 1;
    return { next: this.position } as BatchResult;
  };
}

describe('processBisecting', () => {
  it('sets aside exactly the records the database refuses, whichever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.nat({ max: 39 })),
        async (size, picks) => {
          const bad = new Set(picks.filter((pick) => pick < size).map((pick) => 100 + pick));
          const database = new FakeDatabase(bad);
          const progress: number[] = [];
          const next = await processBisecting(batchOf(size), database.process, (result) =>
            progress.push(result.next),
          );
          const all = Array.from({ length: size }, (_, index) => 100 + index);
          expect(next).toBe(100 + size);
          expect(database.stored).toEqual(all.filter((offset) => !bad.has(offset)));
          expect(database.setAside).toEqual(
            all
              .filter((offset) => bad.has(offset))
              .map((offset) => [offset, 'the database refused it: value overflows numeric format']),
          );
          expect(progress).toEqual(progress.toSorted((a, b) => a - b));
        },
      ),
    );
  });

  it('does not halve for anything else', async () => {
    let calls = 0;
    const away = Object.assign(new Error('gone'), { code: 'ECONNRESET' });
    const process = async () => {
      calls += 1;
      throw away;
    };
    await expect(processBisecting(batchOf(8), process, () => undefined)).rejects.toBe(away);
    expect(calls).toBe(1);
  });

  it('keeps what was committed when the rest fails', async () => {
    const database = new FakeDatabase([104]);
    const progress: number[] = [];
    const process = (batch: PartitionBatch) => {
      if (batch.records[0]?.offset === 104 && batch.records.length === 1) throw new Error('gone');
      return database.process(batch);
    };
    await expect(
      processBisecting(batchOf(8), process, (result) => progress.push(result.next)),
    ).rejects.toThrow('gone');
    expect(database.stored).toEqual([100, 101, 102, 103]);
    expect(progress).toEqual([104]);
  });

  it('gives up on a record that is refused as a rejected one, too', async () => {
    const process = async () => {
      throw refusal();
    };
    await expect(processBisecting(batchOf(1), process, () => undefined)).rejects.toThrow('overflows');
  });

  it.each([
    ['too many weeks', new BatchTooWide(99)],
    ['too many locks', Object.assign(new Error('out of shared memory'), { code: '53200' })],
  ])(
    'halves a batch that is too much for a transaction (%s), and sets nothing aside',
    async (_name, error) => {
      const database = new FakeDatabase([]);
      const process = async (batch: PartitionBatch) => {
        if (batch.records.length > 3) throw error;
        return database.process(batch);
      };
      expect(await processBisecting(batchOf(20), process, () => undefined)).toBe(120);
      expect(database.stored).toHaveLength(20);
      expect(database.setAside).toEqual([]);
      const always = async () => {
        throw error;
      };
      await expect(processBisecting(batchOf(1), always, () => undefined)).rejects.toBe(error);
    },
  );
});
