import type { Logger } from '../logger/logger.ts';

/** A terminal delivers SIGINT to the whole group, and npm forwards it: a repeat this soon is the same Ctrl-C. */
const SAME_SIGNAL_MS = 1000;

export interface StopOptions {
  /** After this many milliseconds the process ends, whatever has not stopped. */
  deadlineMs: number;
}

/**
 * Runs a program until SIGINT or SIGTERM, then stops it and ends the process: status 0 after a clean stop, 1 when it
 * failed or the deadline passed. A second signal later than 1 s after the first ends it at once (status 130).
 */
export function runUntilSignal(logger: Logger, stop: () => Promise<void>, options: StopOptions): void {
  let firstAt: number | null = null;
  const onSignal = (signal: NodeJS.Signals) => {
    if (firstAt !== null) {
      if (Date.now() - firstAt < SAME_SIGNAL_MS) return;
      logger.warn({ signal }, 'second signal: ending at once');
      process.exit(130);
    }
    firstAt = Date.now();
    logger.info({ signal }, 'stopping');
    const deadline = setTimeout(() => {
      logger.error({ deadlineMs: options.deadlineMs }, 'did not stop in time');
      process.exit(1);
    }, options.deadlineMs);
    deadline.unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'stopped with an error');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // A parent that spawned us with an IPC channel and died takes us along.
  process.on('disconnect', () => onSignal('SIGTERM'));
}
