import { Worker } from 'node:worker_threads';

const SOURCE = `
  const { workerData } = require('node:worker_threads');
  const timer = setInterval(() => {
    if (process.ppid === workerData.parent) return;
    clearInterval(timer);
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), workerData.graceMs);
  }, 1000);`;

/**
 * Ends this process when the one that started it is gone and a clean stop has not ended it within the grace period
 * (milliseconds). On a thread of its own: a statement can block the main one, signals and the end of stdin included, for
 * minutes.
 */
export function killWhenOrphaned(graceMs: number): void {
  new Worker(SOURCE, { eval: true, execArgv: [], workerData: { parent: process.ppid, graceMs } }).unref();
}
