import type { Micros } from '../../domain/time/micros.ts';
import { faster, slower } from './speeds.ts';

export interface SimulatedClockOptions {
  /** Simulated seconds a real second; Infinity: as fast as it goes. */
  speed: number;
  /** A real clock that never goes back, in milliseconds. */
  realNow(): number;
}

export type ClockState = 'running' | 'paused' | 'stepping';

export interface ClockStatus {
  state: ClockState;
  /** The simulated time. */
  now: Micros;
  speed: number;
  /** Stepping: where it will pause. */
  stepTo: Micros | null;
}

const MICROS_PER_MS = 1_000;

/**
 * The clock of a replay: it says which events are due. At a finite speed it follows the real clock; at `max`, and while
 * it steps, it is where the last event admitted was. What it was told in between does not change which events come, nor
 * their order, only when.
 */
export class SimulatedClock {
  readonly #realNow: () => number;
  #speed: number;
  #state: ClockState = 'running';
  #stepTo: Micros | null = null;
  /** Simulated and real time that belong together. */
  #simulated: Micros = 0;
  #real: number;

  constructor({ speed, realNow }: SimulatedClockOptions) {
    this.#speed = speed;
    this.#realNow = realNow;
    this.#real = realNow();
  }

  /** Sets it to a simulated time; from then on it runs, unless it is paused. */
  begin(at: Micros): void {
    this.#anchor(at);
  }

  status(): ClockStatus {
    return { state: this.#state, now: this.now(), speed: this.#speed, stepTo: this.#stepTo };
  }

  now(): Micros {
    if (!this.#followsRealClock()) return this.#simulated;
    const passed = (this.#realNow() - this.#real) * MICROS_PER_MS * this.#speed;
    return this.#simulated + Math.floor(passed);
  }

  /**
   * Whether an event of this time may be published now. Events are asked for in the order of their times; one that a
   * step does not reach ends the step.
   */
  admits(at: Micros): boolean {
    if (this.#stepTo !== null) {
      if (at >= this.#stepTo) {
        this.#pauseAt(this.#stepTo);
        return false;
      }
    } else if (this.#state === 'paused' || this.#followsRealClock()) {
      return at <= this.now();
    }
    this.#simulated = Math.max(this.#simulated, at);
    return true;
  }

  /** Real milliseconds until an event of this time is due; Infinity while it is paused. */
  waitMs(at: Micros): number {
    if (this.#state === 'paused') return at <= this.#simulated ? 0 : Number.POSITIVE_INFINITY;
    if (!this.#followsRealClock()) return 0;
    return Math.max(0, (at - this.now()) / MICROS_PER_MS / this.#speed);
  }

  pause(): void {
    if (this.#state !== 'paused') this.#pauseAt(this.now());
  }

  /** Also where it steps: it then goes on at its speed. */
  resume(): void {
    if (this.#state !== 'running') this.#run('running');
  }

  /** @throws {RangeError} when it is no speed */
  setSpeed(speed: number): void {
    if (!(speed > 0)) throw new RangeError(`a speed must be greater than 0, not ${speed}`);
    this.#anchor(this.now());
    this.#speed = speed;
  }

  /** The next speed of the ladder; a paused clock stays paused. */
  faster(): void {
    this.setSpeed(faster(this.#speed));
  }

  slower(): void {
    this.setSpeed(slower(this.#speed));
  }

  /**
   * Publishes everything before a time as fast as it goes, and pauses there.
   *
   * @throws {RangeError} when the time has passed
   */
  stepTo(at: Micros): void {
    if (at < this.now()) throw new RangeError('a replay only goes forward: that time has passed');
    this.#run('stepping');
    this.#stepTo = at;
  }

  #followsRealClock(): boolean {
    return this.#state === 'running' && Number.isFinite(this.#speed);
  }

  #pauseAt(at: Micros): void {
    this.#state = 'paused';
    this.#stepTo = null;
    this.#anchor(at);
  }

  #run(state: 'running' | 'stepping'): void {
    this.#anchor(this.now());
    this.#state = state;
    this.#stepTo = null;
  }

  #anchor(at: Micros): void {
    this.#simulated = at;
    this.#real = this.#realNow();
  }
}
