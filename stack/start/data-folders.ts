import { mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { projectRoot } from '../install/paths.mjs';
import { lockFolder } from '../timescale/folder-lock.ts';
import { StartProblem } from './problem.ts';

export type DataFolders = {
  readonly root: string;
  readonly timescale: string;
  readonly kafka: string;
  /** Schemas of the embedded registry. */
  readonly registry: string;
  readonly logs: string;
  /** What the Slack stand-in remembers. */
  readonly slackJournal: string;
  /** Configuration and data of those that are started beside ours. */
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly grafana: string;
};

/** Where the embedded stack keeps its data; a relative HOLDFAST_DATA_DIR counts from the repository's folder. */
export function dataFolders(dataDir: string): DataFolders {
  const root = resolve(projectRoot, dataDir);
  return {
    root,
    timescale: join(root, 'timescale'),
    kafka: join(root, 'kafka', 'data'),
    registry: join(root, 'registry', 'data'),
    logs: join(root, 'logs'),
    slackJournal: join(root, 'slack-standin.jsonl'),
    prometheus: join(root, 'prometheus'),
    alertmanager: join(root, 'alertmanager'),
    grafana: join(root, 'grafana'),
  };
}

/**
 * Makes the folder and this process its only user, until the returned function is called. Throws a StartProblem when
 * another `npm start` uses it or it cannot be written.
 */
export function claimDataFolder(root: string): () => void {
  try {
    mkdirSync(root, { recursive: true });
    return lockFolder(root);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'FOLDER_IN_USE') {
      const pid = /process (\d+)/.exec(message)?.[1];
      throw new StartProblem(
        `Holdfast is already running on ${root}${pid ? ` (process ${pid})` : ''}. Stop it with Ctrl-C, or start another one with its own HOLDFAST_DATA_DIR and ports.`,
      );
    }
    throw new StartProblem(
      `${root} cannot be used for data (${message}). Name another folder with HOLDFAST_DATA_DIR.`,
    );
  }
}

/** A path as short as it can be said: relative to where people are, when it lies below. */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}
