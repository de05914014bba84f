import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import { formatDuration } from '../../simulator/command-line/duration.ts';
import type { ClockStatus } from '../clock/simulated-clock.ts';
import { formatSpeed } from '../clock/speeds.ts';

/** Where progress is written. */
export interface Terminal {
  isTTY: boolean;
  write(text: string): void;
}

export interface ProgressState {
  /** Events published or passed over, and how many there are. */
  done: number;
  total: number;
  /** Time of the last event of the history. */
  end: Micros;
  clock: ClockStatus;
}

const REDRAW_MS = 250;
const BAR_WIDTH = 24;
const MICROS_PER_MS = 1_000;
const SMOOTHING = 0.3;
const CLEAR_LINE = '\r\u001b[2K';

/** One redrawn line on a terminal: bar, simulated date, rate, what is left. Nothing of it where nobody looks. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  #shownAt = Number.NEGATIVE_INFINITY;
  #shownDone: number | undefined;
  /** Events a real second. */
  #rate: number | undefined;

  /** @param now a real clock that never goes back, in milliseconds */
  constructor(terminal: Terminal, now: () => number) {
    this.#terminal = terminal;
    this.#now = now;
  }

  /** @param state asked for only when the line is redrawn */
  update(state: () => ProgressState): void {
    if (!this.#terminal.isTTY) return;
    const now = this.#now();
    const since = now - this.#shownAt;
    if (since < REDRAW_MS) return;
    const { done, ...rest } = state();
    if (this.#shownDone !== undefined) {
      const current = ((done - this.#shownDone) / since) * 1_000;
      this.#rate = this.#rate === undefined ? current : this.#rate + SMOOTHING * (current - this.#rate);
    }
    this.#shownAt = now;
    this.#shownDone = done;
    this.#terminal.write(`${CLEAR_LINE}${progressLine({ done, ...rest }, this.#rate ?? 0)}`);
  }

  /** A message of its own line, without spoiling the redrawn one; also where there is no terminal. */
  say(message: string): void {
    this.#terminal.write(`${this.#terminal.isTTY ? CLEAR_LINE : ''}${message}\n`);
  }

  /** Clears the redrawn line. */
  end(): void {
    if (this.#terminal.isTTY) this.#terminal.write(CLEAR_LINE);
  }
}

/** @param rate events a real second */
export function progressLine({ done, total, end, clock }: ProgressState, rate: number): string {
  const share = total === 0 ? 1 : Math.min(done / total, 1);
  const full = Math.round(share * BAR_WIDTH);
  const left = clock.state === 'paused' ? null : leftMs({ done, total, end, clock }, rate);
  return [
    `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)} ${Math.floor(share * 100)} %`,
    `${formatIso8601(clock.now).slice(0, 16).replace('T', ' ')}Z`,
    `${done.toLocaleString('en-US')} events`,
    `${Math.round(rate).toLocaleString('en-US')}/s`,
    clock.state === 'running' ? formatSpeed(clock.speed) : clock.state,
    ...(left === null ? [] : [`${formatDuration(left)} left`]),
  ].join(' · ');
}

/** Real milliseconds left: by the clock where it sets the pace, else by the rate. */
function leftMs({ done, total, end, clock }: ProgressState, rate: number): number | null {
  if (clock.state === 'running' && Number.isFinite(clock.speed)) {
    return Math.max(0, (end - clock.now) / MICROS_PER_MS / clock.speed);
  }
  return rate > 0 ? ((total - done) / rate) * 1_000 : null;
}
