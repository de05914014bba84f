import { Transform, type TransformCallback } from 'node:stream';

/** Read anew for every piece, so that it may change meanwhile. */
export interface WireQuality {
  /** One way. */
  latencyMs: number;
  bytesPerSecond: number | null;
}

/** On the way at most; then whoever sends has to wait, as on a real wire. */
const MOST_BYTES_UNDER_WAY = 4 * 1024 * 1024;

/** Lets bytes through in their order, each when a wire of that quality would deliver it. */
export class Throttle extends Transform {
  readonly #quality: WireQuality;
  readonly #underWay: { at: number; chunk: Buffer }[] = [];
  #bytes = 0;
  #lastAt = 0;
  #waiting: TransformCallback | null = null;
  #flushed: TransformCallback | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(quality: WireQuality) {
    super();
    this.#quality = quality;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const { latencyMs, bytesPerSecond } = this.#quality;
    const now = performance.now();
    const takes = bytesPerSecond === null ? 0 : (chunk.length / bytesPerSecond) * 1_000;
    const at = Math.max(now + latencyMs, this.#lastAt) + takes;
    if (at <= now && this.#underWay.length === 0) {
      done(null, chunk);
      return;
    }
    this.#lastAt = at;
    this.#underWay.push({ at, chunk });
    this.#bytes += chunk.length;
    this.#arm();
    if (this.#bytes < MOST_BYTES_UNDER_WAY) done();
    else this.#waiting = done;
  }

  override _flush(done: TransformCallback): void {
    if (this.#underWay.length === 0) done();
    else this.#flushed = done;
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#timer);
    done(error);
  }

  #arm(): void {
    const next = this.#underWay[0];
    if (next === undefined || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#deliver(), Math.max(0, next.at - performance.now()));
  }

  #deliver(): void {
    this.#timer = undefined;
    const now = performance.now();
    // A timer may be up to a millisecond early.
    while ((this.#underWay[0]?.at ?? Number.POSITIVE_INFINITY) <= now + 1) {
      const { chunk } = this.#underWay.shift() as { chunk: Buffer };
      this.#bytes -= chunk.length;
      this.push(chunk);
    }
    const waiting = this.#bytes < MOST_BYTES_UNDER_WAY ? this.#waiting : null;
    if (waiting !== null) {
      this.#waiting = null;
      waiting();
    }
    if (this.#underWay.length > 0) this.#arm();
    else this.#flushed?.();
  }
}
