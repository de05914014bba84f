/** Short beside what a batch takes, so that what others wait for, as a lock, is not held much longer than on a slow core. */
const PERIOD_MS = 10;

/**
 * Lets a process run for a share of every hundredth of a second and stops it for the rest, as a slower core would: so
 * that several processors can be compared with one on a machine that has no core for each of them.
 *
 * @param share of the time, above 0 and below 1
 * @returns lets it run freely again
 */
export function holdToShare(pid: number, share: number): () => void {
  let timer: NodeJS.Timeout;
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended, which is told elsewhere.
    }
  };
  const run = () => {
    signal('SIGCONT');
    timer = setTimeout(stop, PERIOD_MS * share);
  };
  const stop = () => {
    signal('SIGSTOP');
    timer = setTimeout(run, PERIOD_MS * (1 - share));
  };
  run();
  return () => {
    clearTimeout(timer);
    signal('SIGCONT');
  };
}
