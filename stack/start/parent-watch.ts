const everyMs = 1_000;

/**
 * Ends this process in good order when the npm that started it is gone (killed, so it could pass no signal on) or when
 * the terminal is closed.
 */
export function endWithParent(env: NodeJS.ProcessEnv): void {
  process.on('SIGHUP', () => process.emit('SIGTERM'));
  // A closed terminal takes no more output; that must not keep us from stopping.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  if (env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.emit('SIGTERM');
  }, everyMs);
  timer.unref();
}
