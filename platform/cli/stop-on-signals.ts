const SAME_CTRL_C_MS = 1_000;

/**
 * Fires on the first SIGINT or SIGTERM. A later second one ends the process; one within a second is the same Ctrl-C, which
 * npm passes on beside the terminal.
 */
export function stopOnSignals(): AbortController {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const stop = (): void => {
    const now = performance.now();
    if (firstAt !== undefined && now - firstAt > SAME_CTRL_C_MS) process.exit(130);
    firstAt ??= now;
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller;
}
