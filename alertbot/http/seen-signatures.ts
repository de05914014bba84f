/** Beyond the window in which a signature is accepted at all, either way. Milliseconds. */
const KEPT_MS = 2 * 300_000 + 60_000;
const MOST_KEPT = 50_000;

/** The signatures this process has accepted lately. The database remembers those of decisions, for all processes. */
export class SeenSignatures {
  /** In the order of their arrival. */
  private readonly arrivals = new Map<string, number>();

  /** False when the signature is known: the request is a replay. */
  remember(signature: string, nowMs: number): boolean {
    for (const [known, at] of this.arrivals) {
      if (nowMs - at <= KEPT_MS && this.arrivals.size < MOST_KEPT) break;
      this.arrivals.delete(known);
    }
    if (this.arrivals.has(signature)) return false;
    this.arrivals.set(signature, nowMs);
    return true;
  }
}
