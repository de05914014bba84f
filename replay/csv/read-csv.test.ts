import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from './read-csv.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'holdfast-csv-'));
});
afterAll(() => rm(dir, { recursive: true }));

/** Rows as [line, cells or the raw text of what cannot be read]. */
async function read(text: string | Buffer, blockBytes = 256 * 1024) {
  const path = join(dir, 'table.csv');
  await writeFile(path, text);
  const rows: [number, readonly string[] | string][] = [];
  for await (const block of readCsv(path, blockBytes)) {
    for (const row of block) rows.push([row.line, row.cells ?? row.raw()]);
  }
  return rows;
}

const cell = fc.oneof(
  fc.constantFrom('', 'a', '"', ',', '\n', '\r\n', 'é', '𝄞', '""', ' x '),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);

function quote(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

describe('readCsv', () => {
  it('reads what a writer wrote, whatever is in the cells, by lines, in blocks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constant('id'), cell, cell), { minLength: 1, maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 300 }),
        async (table, end, blockBytes) => {
          let line = 1;
          const expected = table.map((cells) => {
            const at = line;
            line += cells.map(quote).join(',').split('\n').length;
            return [at, cells];
          });
          const text = table.map((cells) => cells.map(quote).join(',') + end).join('');
          expect(await read(text, blockBytes)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([1, 7, 40, 1_000])(
    'loses only the row in which a quote stays open, in blocks of %d',
    async (size) => {
      const text = 'a,b,c\n1,"x\ny",2\n3,"open,4\n5,é,6\n7,"""q""",8\n9,"l\nm",10\n';
      expect(await read(text, size)).toEqual([
        [1, ['a', 'b', 'c']],
        [2, ['1', 'x\ny', '2']],
        [4, '3,"open,4'],
        [5, ['5', 'é', '6']],
        [6, ['7', '"q"', '8']],
        [7, ['9', 'l\nm', '10']],
      ]);
    },
  );

  it('finds the open quote that a later row closes', async () => {
    const text = 'a,b\n1,"open\n2,x\n3,"y"\n4,z\n5,"",\n6,w\n';
    expect(await read(text)).toEqual([
      [1, ['a', 'b']],
      [2, '1,"open'],
      [3, ['2', 'x']],
      [4, ['3', 'y']],
      [5, ['4', 'z']],
      [6, ['5', '', '']],
      [7, ['6', 'w']],
    ]);
  });

  it('tells a quote inside of a value, and reads on', async () => {
    expect(await read('a,b\n1,x"y\n2,"x"y\n\n\r\n3,z')).toEqual([
      [1, ['a', 'b']],
      [2, '1,x"y'],
      [3, '2,"x"y'],
      [6, ['3', 'z']],
    ]);
  });

  it('drops a byte order mark', async () => {
    expect(await read('\ufeffa,b\n1,2\n', 1)).toEqual([
      [1, ['a', 'b']],
      [2, ['1', '2']],
    ]);
  });

  it('gives up on a quote that is open for a thousand lines, not on the lines', async () => {
    const rows = await read(`a,b\n0,"open\n${'1,2\n'.repeat(5_000)}3,"end"\n`, 4_000);
    expect(rows).toHaveLength(5_003);
    expect(rows[1]).toEqual([2, '0,"open']);
    expect(rows.at(-1)).toEqual([5_003, ['3', 'end']]);
  });

  it('has nothing to say of an empty file', async () => {
    expect(await read('')).toEqual([]);
  });
});
