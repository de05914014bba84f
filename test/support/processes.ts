import { readdirSync, readFileSync } from 'node:fs';

/** Whether a process still runs. One that has ended and only waits to be noticed by its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat[stat.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    return process.platform !== 'linux';
  }
}

/** Whether {@link processesWith} can look into the environments of other processes here. */
export const canListEnvironments = process.platform === 'linux';

/** The running processes whose environment has this entry, as `pid command line`. */
export function processesWith(name: string, value: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const environment = readFileSync(`/proc/${entry}/environ`, 'utf8').split('\0');
      if (!environment.includes(`${name}=${value}`) || !isRunning(Number(entry))) continue;
      const commandLine = readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      found.push(`${entry} ${commandLine}`);
    } catch {
      // it ended meanwhile, or is somebody else's
    }
  }
  return found;
}
