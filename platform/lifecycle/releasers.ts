import type { Logger } from '../logger/logger.ts';

type Release = () => Promise<void> | void;

/**
 * What was acquired, undone in reverse order. Every acquisition pushes its undo at once, so that a start that fails
 * half way is undone by the same code as a stop.
 */
export class Releasers {
  private readonly stack: { name: string; release: Release }[] = [];
  private released: Promise<void> | null = null;
  private readonly logger: Logger;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  push(name: string, release: Release): void {
    this.stack.push({ name, release });
  }

  /**
   * Runs every undo, last first, also when one fails.
   *
   * Idempotent: concurrent calls share one promise. @throws the first error of an undo, after all have run.
   */
  release(): Promise<void> {
    this.released ??= this.run();
    return this.released;
  }

  private async run(): Promise<void> {
    let first: unknown;
    for (let entry = this.stack.pop(); entry !== undefined; entry = this.stack.pop()) {
      try {
        await entry.release();
      } catch (error) {
        this.logger.error({ err: error, what: entry.name }, 'could not be stopped cleanly');
        first ??= error;
      }
    }
    if (first !== undefined) throw first;
  }
}
