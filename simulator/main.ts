import { EXIT_FAILED, parsedOrExit } from '../platform/cli/command-line.ts';
import { stopOnSignals } from '../platform/cli/stop-on-signals.ts';
import { configOrExit, processEnvironment } from '../platform/config/environment.ts';
import { openDatabase } from '../platform/database/database.ts';
import { createLogger } from '../platform/logger/logger.ts';
import { parseCommand } from './command-line/command.ts';
import { HELP } from './command-line/help.ts';
import { simulate } from './simulate.ts';
import { comparisonTable, report } from './tally/report.ts';

async function main(): Promise<number> {
  const command = parsedOrExit('simulate', (args) => parseCommand(args, Date.now()));
  if (command.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const config = configOrExit(processEnvironment());
  const logger = createLogger({ program: 'simulator', level: 'silent' });
  const database = openDatabase({ url: config.database.url, poolSize: 1, program: 'simulator', logger });
  try {
    const outcome = await simulate(command, {
      config,
      database,
      clock: Date.now,
      terminal: { isTTY: process.stderr.isTTY === true, write: (text) => void process.stderr.write(text) },
      signal: stopOnSignals().signal,
    });
    if (command.json) process.stdout.write(`${JSON.stringify(outcome)}\n`);
    else {
      process.stdout.write(report(outcome.prefix, outcome.sent, outcome.realMs));
      if (outcome.verification !== null)
        process.stdout.write(`\n${comparisonTable(outcome.verification.comparisons)}`);
    }
    return outcome.verification?.ok === false ? EXIT_FAILED : 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT_FAILED;
  } finally {
    await database.end();
  }
}

process.exitCode = await main();
