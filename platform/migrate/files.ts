import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface MigrationFile {
  id: number;
  name: string;
  sql: string;
  /** SHA-256 of the file, in hex. */
  checksum: string;
}

const NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;

/**
 * The numbered SQL files of a folder, in order.
 *
 * @throws when a file is misnamed or two have the same number
 */
export async function readMigrations(directory: string): Promise<MigrationFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).toSorted();
  const files = await Promise.all(
    names.map(async (name) => {
      const match = NAME.exec(name);
      if (match === null)
        throw new Error(`${join(directory, name)}: migrations are named 0001_what_it_makes.sql`);
      const sql = await readFile(join(directory, name), 'utf8');
      return { id: Number(match[1]), name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
  for (const [index, file] of files.entries()) {
    if (file.id !== index + 1) {
      throw new Error(
        `${join(directory, file.name)}: expected number ${index + 1}; numbers have no gaps and no doubles`,
      );
    }
  }
  return files;
}
