import { existsSync, rmSync } from 'node:fs';
import type { DataFolders } from './data-folders.ts';

/** Deletes the embedded data, saying which folders. Logs and downloaded programs stay. */
export function resetData(folders: DataFolders, say: (line: string) => void): void {
  const present = [folders.timescale, folders.kafka].filter((folder) => existsSync(folder));
  if (present.length === 0) say('--reset: there is no embedded data yet.');
  for (const folder of present) {
    say(`--reset: deleting ${folder}`);
    rmSync(folder, { recursive: true, force: true });
  }
}
