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
import { compareStock, type StockDifference } from '../sql/compare-stock.ts';
import { HELP, type InventoryCommand, readCommand } from './command.ts';
import { rebuildStock } from './rebuild-stock.ts';
import { whatIfTable } from './what-if-table.ts';

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
  const differences = await compareStock(database);
  if (differences.length === 0) return 'The stock of every product is the sum of its events.\n';
  process.exitCode = 1;
  return `${differences.map(lineOf).join('\n')}\nnpm run inventory -- rebuild puts right what has events.\n`;
}

async function rebuild(database: Database): Promise<string> {
  const differences = await rebuildStock(database);
  if (differences.length === 0)
    return 'Nothing to do: the stock of every product is the sum of its events.\n';
  return differences
    .map((one) => `${lineOf(one)}${one.log === null ? ': left as it is' : ': rebuilt'}\n`)
    .join('');
}

function lineOf({ productId, level, log }: StockDifference): string {
  const said = (of: StockDifference['level']) =>
    of === null ? 'nothing' : `current ${of.current}, reserved ${of.reserved}`;
  return `${productId}: ${said(level)}; by its events ${said(log)}`;
}
