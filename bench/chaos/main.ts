import { EXIT_FAILED, parsedOrExit } from '../../platform/cli/command-line.ts';
import { endWithReader } from '../../platform/cli/end-with-reader.ts';
import { stopOnSignals } from '../../platform/cli/stop-on-signals.ts';
import { HELP, parseCommand } from './command.ts';
import { exitCodeOf } from './report/result.ts';
import { tableOf } from './report/table.ts';
import { runChaos } from './run-chaos.ts';

/** As a shell says it of a program that Ctrl-C has ended. */
const EXIT_INTERRUPTED = 130;

endWithReader();
const command = parsedOrExit('chaos', parseCommand);
if (command.help) {
  process.stdout.write(HELP);
} else {
  const { signal } = stopOnSignals();
  try {
    const server = process.env.DATABASE_URL;
    const report = await runChaos(command, {
      server: server === '' ? undefined : server,
      signal,
      say: (line) => process.stderr.write(`${line}\n`),
    });
    process.stdout.write(`\n${tableOf(report)}\nreport: ${command.out}/report.md\n`);
    process.exitCode = exitCodeOf(report.results);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT_FAILED;
  }
  // All is stopped; what still waited for it to settle is not waited for.
  if (signal.aborted) process.exit(EXIT_INTERRUPTED);
}
