/** Time by which somebody has to be answered. */
export class Deadline {
  private readonly at: number;
  private readonly elapsed: () => number;

  /**
   * @param ms from now
   * @param elapsed milliseconds of a clock that never goes back
   */
  constructor(ms: number, elapsed: () => number = () => performance.now()) {
    this.elapsed = elapsed;
    this.at = elapsed() + ms;
  }

  /** Milliseconds that are left, never below 0. */
  remainingMs(): number {
    return Math.max(0, this.at - this.elapsed());
  }
}
