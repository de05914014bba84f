import { expect, it } from 'vitest';
import type { Measurement } from './measure.ts';
import { isSteady, type SoakRun, soakText } from './report.ts';

const MIB = 1024 * 1024;

function run(minutes: number, leakPerMinute: number, more: Partial<SoakRun> = {}): SoakRun {
  const measurements = Array.from({ length: minutes * 6 }, (_, i): Measurement => {
    const sawtooth = (i % 7) * 2;
    return {
      at: i * 10,
      processorRss: (200 + sawtooth + (leakPerMinute * i) / 6) * MIB,
      ...{ processorHeap: 80 * MIB, alertbotRss: 130 * MIB, alertbotHeap: 40 * MIB },
      ...{ latencyP50: 0.02, latencyP99: i === 3 ? Number.NaN : 0.1, lag: i % 5 },
      ...{ database: i * MIB, consumed: i * 5_000 },
    };
  });
  return {
    minutes,
    rate: 500,
    native: true,
    began: 'now',
    measurements,
    events: [],
    mismatch: null,
    ...more,
  };
}

it('finds a leak in the sawtooth of a heap', () => {
  expect(isSteady(run(20, 0))).toBe(true);
  expect(isSteady(run(20, 4))).toBe(false);
  expect(soakText(run(20, 4))).toMatch(/processor, resident memory \| .* \| growing \|/);
});

it('says nothing of the first minutes', () => {
  expect(soakText(run(2, 50))).toMatch(/processor, resident memory \| .* \| uncertain \|/);
});

it('is not steady when a program ended, or when something is missing', () => {
  expect(isSteady(run(20, 0, { events: ['processor ended (SIGKILL)'] }))).toBe(false);
  expect(isSteady(run(20, 0, { mismatch: 'what was sent is not what is stored' }))).toBe(false);
});

it('tells how much a record takes', () => {
  expect(soakText(run(20, 0))).toContain('210 bytes a record');
});
