import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, SECOND } from '../../domain/time/micros.ts';
import { SimulatedClock } from './simulated-clock.ts';
import { parseSpeed } from './speeds.ts';

const START = 1_483_228_800 * SECOND;

/** A clock at START and the real one it goes by. */
function clockAt(speed: number) {
  const real = { ms: 5_000 };
  const clock = new SimulatedClock({ speed, realNow: () => real.ms });
  clock.begin(START);
  return { clock, real };
}

describe('SimulatedClock', () => {
  it('runs so many times faster than the real one', () => {
    const { clock, real } = clockAt(3_600);
    real.ms += 2_000;
    expect(clock.now()).toBe(START + 2 * HOUR);
    expect(clock.admits(START + 2 * HOUR)).toBe(true);
    expect(clock.admits(START + 2 * HOUR + 1)).toBe(false);
    expect(clock.waitMs(START + 3 * HOUR)).toBe(1_000);
  });

  it('stands still while paused, and goes on where it stood', () => {
    const { clock, real } = clockAt(3_600);
    real.ms += 1_000;
    clock.pause();
    real.ms += 60_000;
    expect(clock.status()).toMatchObject({ state: 'paused', now: START + HOUR });
    expect(clock.admits(START + HOUR)).toBe(true);
    expect(clock.admits(START + HOUR + 1)).toBe(false);
    expect(clock.waitMs(START + 2 * HOUR)).toBe(Number.POSITIVE_INFINITY);
    clock.resume();
    real.ms += 1_000;
    expect(clock.now()).toBe(START + 2 * HOUR);
  });

  it('changes its speed without a jump', () => {
    const { clock, real } = clockAt(60);
    real.ms += 60_000;
    clock.faster();
    expect(clock.status()).toMatchObject({ speed: 600, now: START + HOUR });
    real.ms += 6_000;
    expect(clock.now()).toBe(START + 2 * HOUR);
    clock.slower();
    clock.slower();
    expect(clock.status()).toMatchObject({ speed: 10, now: START + 2 * HOUR });
  });

  it('admits everything at max, and is where the last event was', () => {
    const { clock, real } = clockAt(Number.POSITIVE_INFINITY);
    expect(clock.admits(START + 300 * DAY)).toBe(true);
    expect(clock.now()).toBe(START + 300 * DAY);
    clock.setSpeed(1);
    real.ms += 1_000;
    expect(clock.now()).toBe(START + 300 * DAY + SECOND);
  });

  it('steps to a date as fast as it goes, and pauses there', () => {
    const { clock, real } = clockAt(1);
    clock.stepTo(START + 10 * DAY);
    expect(clock.admits(START + 9 * DAY)).toBe(true);
    expect(clock.status()).toMatchObject({ state: 'stepping', now: START + 9 * DAY });
    expect(clock.admits(START + 10 * DAY)).toBe(false);
    expect(clock.status()).toMatchObject({ state: 'paused', now: START + 10 * DAY, stepTo: null });
    real.ms += 60_000;
    clock.stepTo(START + 11 * DAY);
    expect(clock.admits(START + 10 * DAY)).toBe(true);
    clock.resume();
    expect(clock.admits(START + 10 * DAY + SECOND)).toBe(false);
    real.ms += 1_000;
    expect(clock.admits(START + 10 * DAY + SECOND)).toBe(true);
  });

  it('refuses to go back, and speeds that are none', () => {
    const { clock } = clockAt(1);
    expect(() => clock.stepTo(START - 1)).toThrow('only goes forward');
    expect(() => clock.setSpeed(0)).toThrow('greater than 0');
    expect([parseSpeed('max'), parseSpeed('3600'), parseSpeed('0.5')]).toEqual([
      Number.POSITIVE_INFINITY,
      3_600,
      0.5,
    ]);
    expect(['', '0', '-1', 'fast', 'Infinity'].map(parseSpeed)).toEqual([null, null, null, null, null]);
  });

  it('never goes back and never admits what lies ahead of it, whatever it is told', () => {
    const told = fc.constantFrom('pause', 'resume', 'faster', 'slower', 'step', 'wait', 'max');
    fc.assert(
      fc.property(fc.array(fc.tuple(told, fc.nat(5_000_000)), { maxLength: 60 }), (commands) => {
        const { clock, real } = clockAt(600);
        let last = clock.now();
        for (const [command, amount] of commands) {
          if (command === 'wait') real.ms += amount;
          else if (command === 'step') clock.stepTo(clock.now() + amount * SECOND);
          else if (command === 'max') clock.setSpeed(Number.POSITIVE_INFINITY);
          else clock[command as 'pause' | 'resume' | 'faster' | 'slower']();
          const at = last + amount * SECOND;
          const admitted = clock.admits(at);
          expect(clock.now()).toBeGreaterThanOrEqual(last);
          if (admitted) expect(clock.now()).toBeGreaterThanOrEqual(at);
          expect(clock.waitMs(at) === 0).toBe(clock.admits(at));
          last = clock.now();
        }
      }),
    );
  });
});
