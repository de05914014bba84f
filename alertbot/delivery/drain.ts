import { sleep } from '../../platform/errors/backoff.ts';

/** What a step says: milliseconds until the next one, 0 for at once; null when there is nothing to do. */
export type Wait = number | null;

/** Repeats a step while there is something to do. Waking one that is awake does nothing. */
export class Drain {
  private readonly step: () => Promise<Wait>;
  private readonly stopping: AbortSignal;
  private readonly onError: (error: unknown) => void;
  private running: Promise<void> | null = null;

  constructor(step: () => Promise<Wait>, stopping: AbortSignal, onError: (error: unknown) => void) {
    this.step = step;
    this.stopping = stopping;
    this.onError = onError;
  }

  wake(): void {
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
  }

  /** Waits for the step under way. */
  async ended(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    try {
      while (!this.stopping.aborted) {
        const waitMs = await this.step();
        if (waitMs === null) return;
        if (waitMs > 0) await sleep(waitMs, this.stopping);
      }
    } catch (error) {
      this.onError(error);
    }
  }
}
