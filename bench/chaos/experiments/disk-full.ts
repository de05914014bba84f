import { execFile } from 'node:child_process';
import { mkdir, rm, statfs, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onServer } from '../../on-server.ts';
import type { Experiment } from '../experiment.ts';

const run = promisify(execFile);

const FULL_SECONDS = 10;
const DISK_MIB = 192;
const TABLESPACE = 'holdfast_chaos';
const DISK = join(tmpdir(), 'holdfast-chaos-disk');
const FILLER = join(DISK, 'filler');

/** A disk of its own, so that only this database runs out of it. */
async function makeDisk(server: string): Promise<void> {
  await mkdir(DISK, { recursive: true });
  await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'holdfast-chaos', DISK]);
  const data = join(DISK, 'data');
  await mkdir(data);
  await run('chown', ['postgres:', data]);
  await onServer(server, `CREATE TABLESPACE ${TABLESPACE} LOCATION '${data}'`);
}

async function removeDisk(server: string): Promise<void> {
  await onServer(server, `DROP TABLESPACE IF EXISTS ${TABLESPACE}`).catch(() => undefined);
  await run('umount', [DISK]).catch(() => undefined);
  await rm(DISK, { recursive: true, force: true });
}

export const diskFull: Experiment = {
  name: 'disk-full',
  does: `the disk of the database's tables is full for ${FULL_SECONDS} s (native only; its log is on another one)`,
  obstacle: async ({ server }) => {
    if (server === undefined)
      return 'the embedded database keeps tables and its log in one folder, and PostgreSQL ends when it cannot write its log: set DATABASE_URL to a native server on this machine';
    if (process.platform !== 'linux' || process.getuid?.() !== 0)
      return 'mounting a small disk needs Linux and root, and the database server on this machine';
    return null;
  },
  prepare: async ({ server }) => {
    if (server === undefined) throw new Error('disk-full needs a native server');
    await removeDisk(server);
    await makeDisk(server);
    return { scene: { tablespace: TABLESPACE }, undo: () => removeDisk(server) };
  },
  disturb: async ({ fault, wait, note }) => {
    await fault('disk full', async () => {
      const { bavail, bsize } = await statfs(DISK);
      await writeFile(FILLER, Buffer.alloc(bavail * bsize, 1)).catch(() => undefined);
      note(`${((bavail * bsize) / 1024 / 1024).toFixed(0)} MiB were free, and are taken`);
      await wait(FULL_SECONDS);
      await unlink(FILLER);
    });
  },
};
