import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareCodePoints } from '../../domain/text/compare.ts';
import { ExternalSort } from './external-sort.ts';
import type { Sortable } from './run-file.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'holdfast-sort-'));
});
afterAll(() => rm(dir, { recursive: true }));

/** Few different keys, so that many are equal; text of any length, with anything in it. */
const entries = fc.array(
  fc.record({
    key: fc.oneof(
      fc.constantFrom('', 'a', 'b', 'a\n', 'a\0b'),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    text: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.toWellFormed()),
      fc.constantFrom('x'.repeat(70_000), '', '\n'),
    ),
  }),
  { maxLength: 60 },
);

const shapes = fc.record({
  runCharacters: fc.constantFrom(1, 200, 5_000, 1e9),
  width: fc.integer({ min: 2, max: 5 }),
});

async function sorter(given: readonly Sortable[], shape: { runCharacters: number; width: number }) {
  const sort = new ExternalSort({ dir, compare: compareCodePoints, ...shape });
  for (const { key, text } of given) await sort.add(key, text);
  return sort;
}

describe('ExternalSort', () => {
  it('gives what Array.sort gives, equal keys in the order in which they came', async () => {
    await fc.assert(
      fc.asyncProperty(entries, shapes, async (given, shape) => {
        const numbered = given.map(({ key, text }, index) => ({ key, text: `${index}:${text}` }));
        const sort = await sorter(numbered, shape);
        const sorted: Sortable[] = [];
        for await (const entry of sort.sorted()) sorted.push(entry);
        expect(sorted).toEqual(numbered.toSorted((a, b) => compareCodePoints(a.key, b.key)));
      }),
      { numRuns: 150 },
    );
  });

  it('leaves no file behind, not even while it works, and can be left early', async () => {
    const given = Array.from({ length: 100 }, (_, index) => ({ key: String(index % 7), text: 'x' }));
    const sort = await sorter(given, { runCharacters: 100, width: 4 });
    expect(await readdir(dir)).toEqual([]);
    for await (const { key } of sort.sorted()) {
      expect(key).toBe('0');
      break;
    }
    expect(await readdir(dir)).toEqual([]);
    const again: Sortable[] = [];
    for await (const entry of sort.sorted()) again.push(entry);
    expect(again).toEqual([]);
  });

  it('names the folder that is not there', async () => {
    const sort = new ExternalSort({
      dir: join(dir, 'missing'),
      compare: compareCodePoints,
      runCharacters: 1,
    });
    await expect(sort.add('a', 'b')).rejects.toThrow(join(dir, 'missing'));
  });
});
