import { DAY, type Micros } from '../../domain/time/micros.ts';
import type { SimulatedClock } from '../clock/simulated-clock.ts';

/** What a person, or a program, may tell a running replay. */
export type ControlCommand =
  | { name: 'pause' | 'resume' | 'toggle' | 'faster' | 'slower' | 'next-day' }
  | { name: 'speed'; speed: number }
  | { name: 'step'; to: Micros };

/** @throws {RangeError} for a time that has passed */
export function control(clock: SimulatedClock, command: ControlCommand): void {
  switch (command.name) {
    case 'pause':
      clock.pause();
      break;
    case 'resume':
      clock.resume();
      break;
    case 'toggle':
      if (clock.status().state === 'paused') clock.resume();
      else clock.pause();
      break;
    case 'faster':
      clock.faster();
      break;
    case 'slower':
      clock.slower();
      break;
    case 'next-day':
      clock.stepTo((Math.floor(clock.now() / DAY) + 1) * DAY);
      break;
    case 'speed':
      clock.setSpeed(command.speed);
      break;
    case 'step':
      clock.stepTo(command.to);
      break;
  }
}
