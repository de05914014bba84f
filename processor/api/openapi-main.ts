import { readFile, writeFile } from 'node:fs/promises';
import { packageVersion } from '../../platform/version.ts';
import { openApiDocument } from './openapi.ts';

/** Writes the document of the API to docs/; with --check compares instead, and exits 1 when it differs. */
const FILE = new URL('../../docs/openapi.json', import.meta.url);

const text = `${JSON.stringify(openApiDocument(packageVersion()), null, 2)}\n`;
const differs = (await readFile(FILE, 'utf8').catch(() => '')) !== text;
if (process.argv.includes('--check')) {
  if (differs) process.stdout.write('docs/openapi.json is not what processor/api makes\n');
  process.exitCode = differs ? 1 : 0;
} else {
  if (differs) await writeFile(FILE, text);
  process.stdout.write(`docs/openapi.json ${differs ? 'written' : 'unchanged'}\n`);
}
