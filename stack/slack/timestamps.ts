/** Makes the ts of messages: unique and ascending, also within a millisecond and when the clock goes back. */
export class Timestamps {
  readonly #now: () => number;
  #lastMicros = 0;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  next(): string {
    this.#lastMicros = Math.max(Math.floor(this.#now() * 1000), this.#lastMicros + 1);
    return format(this.#lastMicros);
  }

  /** Everything from here on comes after this one. */
  after(ts: string): void {
    this.#lastMicros = Math.max(this.#lastMicros, Math.round(Number(ts) * 1e6));
  }
}

function format(micros: number): string {
  const digits = String(micros).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
