import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type GeneratedBoard, generateBoards } from './all-boards.ts';

const BOARDS = new URL('../provisioning/dashboards/boards/', import.meta.url);

async function present(): Promise<Map<string, string>> {
  const files = await readdir(BOARDS).catch(() => []);
  return new Map(
    await Promise.all(
      files.map(async (file) => [file, await readFile(new URL(file, BOARDS), 'utf8')] as const),
    ),
  );
}

/** Names of the files that are not as they should be. */
async function differing(boards: readonly GeneratedBoard[]): Promise<string[]> {
  const found = await present();
  const wanted = new Map(boards.map(({ file, text }) => [file, text]));
  return [...new Set([...found.keys(), ...wanted.keys()])].filter(
    (file) => found.get(file) !== wanted.get(file),
  );
}

async function write(boards: readonly GeneratedBoard[]): Promise<string[]> {
  const changed = await differing(boards);
  await mkdir(BOARDS, { recursive: true });
  for (const file of changed) {
    const board = boards.find((one) => one.file === file);
    if (board === undefined) await rm(new URL(file, BOARDS));
    else await writeFile(new URL(file, BOARDS), board.text);
  }
  return changed;
}

const boards = await generateBoards();
if (process.argv.includes('--check')) {
  const files = await differing(boards);
  for (const file of files)
    process.stdout.write(`grafana/provisioning/dashboards/boards/${file} is not what grafana/src makes\n`);
  process.exitCode = files.length === 0 ? 0 : 1;
} else {
  const files = await write(boards);
  process.stdout.write(`${boards.length} boards, ${files.length} changed\n`);
}
