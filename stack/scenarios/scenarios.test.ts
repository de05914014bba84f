import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY, HOUR } from '../../domain/time/micros.ts';
import { parseCommand } from '../../simulator/platform/command-line/command.ts';
import { findScenario, SCENARIOS, type Scenario, scenarioBegins } from './scenarios.ts';

const NOW = Date.UTC(2026, 2, 5, 14, 33) * 1_000;
const at = (name: string, now = NOW) =>
  new Date(scenarioBegins(findScenario(name) as Scenario, now) / 1_000).toISOString();

it('an evening begins before dinner in Seoul, churn an hour after a Monday has begun', () => {
  expect(at('riders-short')).toBe('2026-03-05T08:00:00.000Z');
  expect(at('riders-short', NOW - 2 * HOUR)).toBe('2026-03-04T08:00:00.000Z');
  expect(at('churn')).toBe('2026-01-26T01:00:00.000Z');
});

it.each(SCENARIOS)('$name is over before now, and not long ago', (scenario) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 * DAY }), (later) => {
      const over = scenarioBegins(scenario, NOW + later) + scenario.lasts;
      expect(over).toBeLessThanOrEqual(NOW + later);
      expect(NOW + later - over).toBeLessThan(scenario.begins.each);
    }),
  );
});

it.each(SCENARIOS)('the simulator understands $name, and something goes wrong in its time', (scenario) => {
  const command = parseCommand(scenario.options);
  expect(command.incidents).toHaveLength(1);
  for (const { at, length } of command.incidents) {
    const from = 'time' in at ? Number.NaN : at.afterLive;
    expect(from).toBeGreaterThan(-scenario.historyDays * DAY);
    expect(from + length).toBeLessThan(scenario.lasts);
  }
  expect(command.inStep).not.toBeNull();
});
