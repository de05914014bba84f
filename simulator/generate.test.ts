import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generate } from './generate.ts';
import type { GenerateOptions } from './generate-options.ts';
import { SCENARIOS, type SimulatedRecord } from './record.ts';

const BASE: GenerateOptions = {
  seed: '1',
  run: 'T1',
  scenarios: ['mixed'],
  start: Date.UTC(2026, 2, 2, 3),
  density: 20,
  events: 3_000,
  background: true,
  daily: true,
  timeZone: 'Asia/Seoul',
  locale: 'ko',
  maxRecordBytes: 4_096,
};

function digest(options: GenerateOptions): string {
  const hash = createHash('sha256');
  for (const { key, value, at } of generate(options)) hash.update(`${key} ${at} `).update(value ?? 'null');
  return hash.digest('hex');
}

const anyOptions = fc.record({
  seed: fc.string({ minLength: 1, maxLength: 8 }),
  scenarios: fc.uniqueArray(fc.constantFrom(...SCENARIOS, 'mixed' as const), { minLength: 1, maxLength: 3 }),
  density: fc.constantFrom(0.5, 1, 20, 500, 5_000),
  events: fc.integer({ min: 1, max: 1_500 }),
  locale: fc.constantFrom('ko' as const, 'en' as const),
  daily: fc.boolean(),
});

describe('generate', () => {
  it('gives the same bytes for the same options, and others for another seed or run', () => {
    fc.assert(
      fc.property(anyOptions, (given) => {
        const options = { ...BASE, ...given, products: 500 };
        expect(digest(options)).toBe(digest(options));
      }),
      { numRuns: 15 },
    );
    expect(digest(BASE)).not.toBe(digest({ ...BASE, seed: '2' }));
    expect(digest(BASE)).not.toBe(digest({ ...BASE, run: 'T2' }));
  });

  it('sends in the order of the simulated clock, as many records as asked for', () => {
    fc.assert(
      fc.property(anyOptions, (given) => {
        let last = BASE.start;
        let records = 0;
        for (const { at } of generate({ ...BASE, ...given, products: 500 })) {
          expect(at).toBeGreaterThanOrEqual(last);
          last = at;
          records++;
        }
        expect(records).toBe(given.events);
      }),
      { numRuns: 25 },
    );
  });

  it('has the wanted rate from the first seconds on, and ends in time', () => {
    const duration = 1_200_000;
    const { events: _, ...endless } = BASE;
    const records = [...generate({ ...endless, scenarios: ['normal'], density: 50, duration })];
    expect(Math.abs(records.length / (50 * 1_200) - 1)).toBeLessThan(0.1);
    const inFirstMinute = records.filter(({ at }) => at < BASE.start + 60_000).length;
    expect(Math.abs(inFirstMinute / (50 * 60) - 1)).toBeLessThan(0.2);
    expect(records.at(-1)?.at).toBeLessThan(BASE.start + duration);
  });

  it('is quiet at night and busy at lunch', () => {
    const { events: _, ...endless } = BASE;
    const hours = new Array<number>(24).fill(0);
    const created = (record: SimulatedRecord) =>
      record.kind === 'event' && record.step.type === 'ORDER_CREATED';
    for (const record of generate({ ...endless, scenarios: ['normal'], density: 1, duration: 86_400_000 })) {
      const hour = (new Date(record.at).getUTCHours() + 9) % 24;
      if (created(record)) hours[hour] = (hours[hour] ?? 0) + 1;
    }
    expect(hours[12]).toBeGreaterThan(4 * (hours[4] as number));
    expect(hours[21]).toBeGreaterThan(4 * (hours[4] as number));
    expect(hours[12]).toBeGreaterThan(1.2 * (hours[15] as number));
  });

  it('shows every trouble of mixed within 20 seconds at 20 records a second', () => {
    const seen = new Set<string>();
    for (const record of generate(BASE)) if (record.at < BASE.start + 20_000) seen.add(record.scenario);
    expect([...seen].sort()).toEqual([...SCENARIOS].sort());
  });

  it('refuses options that make no sense', () => {
    expect(() => generate({ ...BASE, run: 'with space' })).toThrow(/letters and digits/);
    expect(() => generate({ ...BASE, density: 0 })).toThrow(/density must be positive/);
    expect(() => generate({ ...BASE, scenarios: [] })).toThrow(/at least one scenario/);
  });
});
