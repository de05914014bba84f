import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceAdapter } from '../adapters/adapter.ts';
import { readCsv } from '../csv/read-csv.ts';

/** The data cannot be replayed; the message says what is missing and what to do. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** @throws {SourceError} naming the folder, or every file and column that is missing */
export async function checkTables(dir: string, adapter: SourceAdapter): Promise<void> {
  const folder = await stat(dir).catch(() => null);
  if (folder === null)
    throw new SourceError(`there is no folder ${dir}: name the one with the files (--data)`);
  if (!folder.isDirectory())
    throw new SourceError(`${dir} is a file: name the folder that it is in (--data)`);
  const problems: string[] = [];
  for (const [file, columns] of Object.entries(adapter.tables)) {
    const problem = await problemOf(join(dir, file), columns);
    if (problem !== null) problems.push(`  - ${file} ${problem}`);
  }
  if (problems.length === 0) return;
  throw new SourceError(
    [
      `${dir} is no history in the format ${adapter.name}:`,
      ...problems,
      ...(await zipHint(dir)),
      'docs/replay.md says where to get the files and which columns they have.',
    ].join('\n'),
  );
}

async function problemOf(path: string, columns: readonly string[]): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return 'is missing';
  if (!found.isFile()) return 'is not a file';
  const readable = await access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!readable) return 'may not be read by you';
  const header = await headerOf(path);
  const missing = columns.filter((column) => !header.includes(column));
  return missing.length === 0
    ? null
    : `lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`;
}

/** Names of the columns; none when the first row cannot be read. */
export async function headerOf(path: string): Promise<readonly string[]> {
  for await (const [first] of readCsv(path)) return first?.cells ?? [];
  return [];
}

async function zipHint(dir: string): Promise<string[]> {
  const archives = (await readdir(dir)).filter((name) => name.endsWith('.zip'));
  return archives.length === 0 ? [] : [`The folder has ${archives.join(', ')}: unpack it first.`];
}
