import { formatDuration } from '../command-line/duration.ts';
import { isoKorea, isoUtc } from '../timing/iso-time.ts';

/** Where progress is written. */
export interface Terminal {
  isTTY: boolean;
  write(text: string): void;
}

export interface ProgressOptions {
  terminal: Terminal;
  /** Real clock, ms since the epoch. */
  clock(): number;
  timeZone: string;
  events: number | undefined;
  /** Simulated start and, if known, end, ms since the epoch. */
  start: number;
  end: number | undefined;
  /** Simulated ms a real ms; Infinity: as fast as it goes. */
  speed: number;
}

const REDRAW_MS = 250;
const LINE_MS = 10_000;

/** Says how far the run is: one redrawn line on a terminal, a line every 10 s otherwise. */
export class Progress {
  readonly #options: ProgressOptions;
  readonly #began: number;
  #shown: number;
  #shownSent = 0;
  #rate: number | undefined;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#began = options.clock();
    this.#shown = this.#began;
  }

  /** @param simulated the simulated clock, ms since the epoch */
  update(sent: number, simulated: number): void {
    const { terminal, clock } = this.#options;
    const now = clock();
    const since = now - this.#shown;
    if (since < (terminal.isTTY ? REDRAW_MS : LINE_MS)) return;
    const current = ((sent - this.#shownSent) / since) * 1_000;
    this.#rate =
      this.#rate === undefined || !terminal.isTTY ? current : this.#rate + 0.3 * (current - this.#rate);
    this.#shown = now;
    this.#shownSent = sent;
    const line = this.#line(sent, this.#rate, simulated, now);
    terminal.write(terminal.isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
  }

  /** A message of its own line, without spoiling the redrawn one. */
  say(message: string): void {
    const { terminal } = this.#options;
    terminal.write(`${terminal.isTTY ? '\r\u001b[2K' : ''}${message}\n`);
  }

  /** Clears the redrawn line. */
  end(): void {
    if (this.#options.terminal.isTTY) this.#options.terminal.write('\r\u001b[2K');
  }

  #line(sent: number, rate: number, simulated: number, now: number): string {
    const { timeZone } = this.#options;
    const local =
      timeZone === 'Asia/Seoul'
        ? `${isoKorea(simulated).slice(0, 19)}+09:00`
        : `${isoUtc(simulated).slice(0, 19)}Z`;
    const left = this.#left(sent, simulated, now);
    const shown = `${sent.toLocaleString('en-US')} sent · ${rate < 10 ? rate.toFixed(1) : Math.round(rate).toLocaleString('en-US')}/s · clock ${local.replace('T', ' ')}`;
    return left === undefined ? shown : `${shown} · ${formatDuration(left)} left`;
  }

  /** Real ms left, by the clock of a paced run or else the share that is done; undefined when there is no end. */
  #left(sent: number, simulated: number, now: number): number | undefined {
    const { events, start, end, speed } = this.#options;
    if (end === undefined) return undefined;
    if (Number.isFinite(speed)) return (end - simulated) / speed;
    const done = events === undefined ? (simulated - start) / (end - start) : sent / events;
    return done > 0 ? ((now - this.#began) * (1 - done)) / done : undefined;
  }
}
