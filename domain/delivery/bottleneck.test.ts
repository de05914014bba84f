import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BottleneckRow, bottlenecks } from './bottleneck.ts';

const SETTINGS = { restockWarningHours: 100 };

const ROW: BottleneckRow = {
  name: 's1',
  preparations: 10,
  meanSeconds: 50 * 3600,
  waiting: 10,
  outliers: 0,
  stock: null,
};

function one(change: Partial<BottleneckRow>) {
  return bottlenecks([{ ...ROW, ...change }], SETTINGS)[0];
}

describe('bottlenecks', () => {
  it.each([
    [{}, 'NORMAL', 'NONE'],
    [{ meanSeconds: 100 * 3600 }, 'NORMAL', 'NONE'],
    [{ meanSeconds: 100 * 3600 + 1 }, 'CRITICAL', 'RESTOCK_WARNING'],
    [{ outliers: 1 }, 'NORMAL', 'NONE'],
    [{ outliers: 2 }, 'WARNING', 'EXPEDITE_HAND_OVER'],
    [{ outliers: 2, stock: { available: 5, reorderPoint: 5 } }, 'WARNING', 'REORDER'],
    [{ outliers: 2, stock: { available: 6, reorderPoint: 5 } }, 'WARNING', 'EXPEDITE_HAND_OVER'],
    [{ outliers: 2, stock: { available: 0, reorderPoint: null } }, 'WARNING', 'EXPEDITE_HAND_OVER'],
    [{ stock: { available: 0, reorderPoint: 5 } }, 'NORMAL', 'REORDER'],
    [{ preparations: 0, meanSeconds: 0, outliers: 2 }, 'WARNING', 'EXPEDITE_HAND_OVER'],
  ] as const)('%o is %s: %s', (change, state, recommendation) => {
    expect(one(change)).toMatchObject({ state, recommendation });
  });

  it('says by how much everybody would be faster if this one were like the others', () => {
    const row = fc.record({
      preparations: fc.integer({ min: 0, max: 50 }),
      meanSeconds: fc.integer({ min: 1, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 6 }), (rows) => {
        const records = bottlenecks(
          rows.map((some, index) => ({ ...ROW, ...some, name: `${index}` })),
          SETTINGS,
        );
        for (const [index, row] of rows.entries()) {
          // Every preparation written out, and then once more with the others' mean in place of this one's.
          const all = rows.flatMap((some) => Array<number>(some.preparations).fill(some.meanSeconds));
          const others = rows.flatMap((some, at) =>
            at === index ? [] : Array<number>(some.preparations).fill(some.meanSeconds),
          );
          const mean = (of: number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
          const instead = [...others, ...Array<number>(row.preparations).fill(mean(others))];
          const expected =
            others.length === 0 || all.length === 0 ? 0 : Math.max(0, 1 - mean(instead) / mean(all));
          const record = records.find(({ name }) => name === `${index}`);
          expect(record?.system_impact_potential).toBeCloseTo(expected, 9);
        }
      }),
    );
  });

  it('puts the slowest first, equal ones by name', () => {
    const named = (name: string, meanSeconds: number) => ({ ...ROW, name, meanSeconds });
    const records = bottlenecks([named('b', 5), named('a', 5), named('c', 9)], SETTINGS);
    expect(records.map(({ name }) => name)).toEqual(['c', 'a', 'b']);
  });
});
