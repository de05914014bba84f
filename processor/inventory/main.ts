import { tmpdir } from 'node:os';
import { WhatIf, type WhatIfSettings } from '../../domain/inventory/what-if.ts';
import { endWithReader } from '../../platform/cli/end-with-reader.ts';
import { configOrExit } from '../../platform/config/environment.ts';
import type { Config } from '../../platform/config/load.ts';
import { type Database, openDatabase } from '../../platform/database/database.ts';
import { messageOf } from '../../platform/errors/classify.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { milestonesOf } from '../../replay/milestones.ts';
import { readHistory } from '../../replay/read-history.ts';
import { HELP, type InventoryCommand, readCommand } from './command.ts';
import { differenceLines } from './difference-lines.ts';
import { checkStock, rebuildStock } from './rebuild-stock.ts';
import { whatIfTable } from './what-if-table.ts';

const ALL_WELL = 'The stock of every product and warehouse is the sum of its events.';

const command = readCommand(process.argv.slice(2));
if (command.kind === 'help' || command.kind === 'refused') {
  if (command.kind === 'help') process.stdout.write(HELP);
  else process.stderr.write(`${command.message}\n\n${HELP}`);
  process.exit(command.kind === 'help' ? 0 : 2);
}
endWithReader();
const config = configOrExit();
try {
  process.stdout.write(await run(command, config));
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}

async function run(
  asked: Exclude<InventoryCommand, { kind: 'help' | 'refused' }>,
  { database: { url }, inventory: { reorder } }: Config,
): Promise<string> {
  if (asked.kind === 'what-if') {
    const settings = { ...reorder, automatic: true, openingStock: asked.openingStock };
    return whatIf(asked.data, asked.cacheDir ?? tmpdir(), settings);
  }
  const logger = createLogger({ program: 'inventory', level: 'error' });
  const database = openDatabase({ url, poolSize: 1, program: 'inventory', logger });
  try {
    return asked.kind === 'check' ? await check(database) : await rebuild(database);
  } finally {
    await database.end();
  }
}

async function whatIf(data: string, cacheDir: string, settings: WhatIfSettings): Promise<string> {
  const simulation = new WhatIf(settings);
  const history = await readHistory(data, { cacheDir });
  for await (const milestone of milestonesOf(history, { cacheDir })) simulation.observe(milestone);
  return whatIfTable(simulation.report(), settings);
}

async function check(database: Database): Promise<string> {
  const lines = differenceLines(await checkStock(database));
  if (lines.length === 0) return `${ALL_WELL}\n`;
  process.exitCode = 1;
  return `${lines.map(({ text }) => text).join('\n')}\nnpm run inventory -- rebuild puts right what has events.\n`;
}

async function rebuild(database: Database): Promise<string> {
  const lines = differenceLines(await rebuildStock(database));
  if (lines.length === 0) return `Nothing to do. ${ALL_WELL}\n`;
  return lines.map(({ text, known }) => `${text}: ${known ? 'rebuilt' : 'left as it is'}\n`).join('');
}
