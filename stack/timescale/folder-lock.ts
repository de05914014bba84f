import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderInUse } from './errors.ts';

const LOCK_FILE = 'server.lock';

interface Holder {
  readonly pid: number;
  /** Tells a process from a later one with the same pid; empty where the system does not say. */
  readonly startedAt: string;
}

/**
 * Makes this process the only one to serve a data folder, until the returned function is called. The lock of a process
 * that no longer runs is taken over.
 * @throws {EmbeddedTimescaleError} FOLDER_IN_USE while a living process holds it
 */
export function lockFolder(dataDir: string): () => void {
  const path = join(dataDir, LOCK_FILE);
  const own = describeProcess(process.pid);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      writeFileSync(path, JSON.stringify(own), { flag: 'wx' });
      return () => unlock(path, own);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (holder !== undefined && holder.pid !== process.pid && isAlive(holder))
      throw folderInUse(dataDir, holder.pid);
    setAside(path, holder);
  }
  throw folderInUse(dataDir, readHolder(path)?.pid ?? 0);
}

function unlock(path: string, own: Holder): void {
  if (readHolder(path)?.pid === own.pid) rmSync(path, { force: true });
}

/**
 * Removes a dead process's lock. Renaming first makes one of two simultaneous takers win; whoever moved a lock that was
 * fresh by then puts it back.
 */
function setAside(path: string, stale: Holder | undefined): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved !== undefined && moved.pid !== stale?.pid && isAlive(moved)) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

function readHolder(path: string): Holder | undefined {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(path, 'utf8')) as Holder;
    return Number.isInteger(pid) && pid > 0 ? { pid, startedAt } : undefined;
  } catch {
    return undefined; // gone, or cut short by a crash: nobody's
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return describeProcess(holder.pid).startedAt === holder.startedAt;
}

function describeProcess(pid: number): Holder {
  return { pid, startedAt: startTime(pid) };
}

/** Boot id and start time in clock ticks since boot; empty without a Linux /proc. */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${afterName[19]}`;
  } catch {
    return '';
  }
}
