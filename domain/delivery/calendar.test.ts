import fc from 'fast-check';
import { expect, it } from 'vitest';
import { startOfMonth, startOfNextDay, startOfNextMonth, startOfNextWeek } from './calendar.ts';

const instant = fc.integer({
  min: Date.parse('1990-01-01T00:00:00Z'),
  max: Date.parse('2100-01-01T00:00:00Z'),
});

it('agrees with the platform on months, weeks and days', () => {
  fc.assert(
    fc.property(instant, (ms) => {
      const date = new Date(ms);
      const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
      const untilMonday = ((8 - date.getUTCDay()) % 7 || 7) as number;
      expect(startOfMonth(ms * 1000)).toBe(Date.UTC(year, month, 1) * 1000);
      expect(startOfNextMonth(ms * 1000)).toBe(Date.UTC(year, month + 1, 1) * 1000);
      expect(startOfNextDay(ms * 1000)).toBe(Date.UTC(year, month, day + 1) * 1000);
      expect(startOfNextWeek(ms * 1000)).toBe(Date.UTC(year, month, day + untilMonday) * 1000);
    }),
  );
});
