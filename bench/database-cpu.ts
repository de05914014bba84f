import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';

/** Clock ticks a second of /proc/PID/stat; 100 on every Linux that matters. */
const TICKS = 100;

interface Stat {
  parent: number;
  /** CPU seconds, ended children included. */
  seconds: number;
}

function stat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
    return { parent: Number(fields[1]), seconds: ticks / TICKS };
  } catch {
    return null;
  }
}

/**
 * CPU seconds that a native server's processes have used so far; null when the server is not on this machine. On the
 * embedded one the backend's process id means nothing, so null too.
 */
export async function databaseCpuSeconds(url: string): Promise<number | null> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const postmaster = stat(rows[0]?.pid ?? 0)?.parent;
    if (postmaster === undefined || postmaster <= 1) return null;
    const own = stat(postmaster)?.seconds ?? 0;
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => stat(Number(name)))
      .reduce((sum, one) => sum + (one?.parent === postmaster ? one.seconds : 0), own);
  } finally {
    await client.end();
  }
}
