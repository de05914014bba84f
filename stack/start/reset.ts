import { existsSync, rmSync } from 'node:fs';
import type { DataFolders } from './data-folders.ts';

/** Deletes the embedded data, saying what. Logs and downloaded programs stay. */
export function resetData(folders: DataFolders, say: (line: string) => void): void {
  const present = [
    folders.timescale,
    folders.kafka,
    folders.registry,
    folders.slackJournal,
    folders.prometheus,
    folders.alertmanager,
    folders.grafana,
  ].filter((path) => existsSync(path));
  if (present.length === 0) say('--reset: there is no embedded data yet.');
  for (const path of present) {
    say(`--reset: deleting ${path}`);
    rmSync(path, { recursive: true, force: true });
  }
}
