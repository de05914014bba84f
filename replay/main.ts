import { EXIT_FAILED, parsedOrExit } from '../platform/cli/command-line.ts';
import { stopOnSignals } from '../platform/cli/stop-on-signals.ts';
import { systemClock } from '../platform/clock/clock.ts';
import { configOrExit, processEnvironment } from '../platform/config/environment.ts';
import { openDatabase } from '../platform/database/database.ts';
import { createLogger } from '../platform/logger/logger.ts';
import { parseCommand } from './command-line/command.ts';
import { HELP } from './command-line/help.ts';
import { replay } from './replay.ts';
import { summaryTable } from './screen/summary.ts';

async function main(): Promise<number> {
  const command = parsedOrExit('replay', parseCommand);
  if (command.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const config = configOrExit(processEnvironment());
  const logger = createLogger({ program: 'replay', level: 'silent' });
  const database = openDatabase({ url: config.database.url, poolSize: 2, program: 'replay', logger });
  try {
    const summary = await replay(command, {
      config,
      database,
      logger,
      terminal: { isTTY: process.stderr.isTTY === true, write: (text) => void process.stderr.write(text) },
      realNow: () => performance.now(),
      wallNow: systemClock.now,
      peakMemoryMb: () => process.resourceUsage().maxRSS / 1024,
      stop: stopOnSignals(),
    });
    process.stdout.write(command.json ? `${JSON.stringify(summary)}\n` : summaryTable(summary));
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT_FAILED;
  } finally {
    await database.end();
  }
}

process.exitCode = await main();
