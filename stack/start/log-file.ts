import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const rotateAtBytes = 20 * 1024 * 1024;

export type LogFile = {
  readonly path: string;
  readonly write: (line: string) => void;
  readonly close: () => Promise<void>;
};

/**
 * Opens `<folder>/<name>.log` for appending, made when missing. One over 20 MiB is renamed to `<name>.log.1` first. A
 * full disk loses lines, never the program.
 */
export function openLogFile(folder: string, name: string): LogFile {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.log`);
  if (existsSync(path) && statSync(path).size > rotateAtBytes) renameSync(path, `${path}.1`);
  const stream = createWriteStream(path, { flags: 'a' });
  stream.on('error', () => {});
  return {
    path,
    write: (line) => {
      if (!stream.destroyed && !stream.writableEnded) stream.write(`${line}\n`);
    },
    close: () =>
      new Promise((closed) => {
        if (stream.destroyed) closed();
        else stream.end(() => closed());
      }),
  };
}
