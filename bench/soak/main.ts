import { EXIT_FAILED, parsedOrExit } from '../../platform/cli/command-line.ts';
import { endWithReader } from '../../platform/cli/end-with-reader.ts';
import { stopOnSignals } from '../../platform/cli/stop-on-signals.ts';
import { HELP, parseCommand } from './command.ts';
import { isSteady, soakText, writeSoakReport } from './report.ts';
import { runSoak } from './run-soak.ts';

endWithReader();
const command = parsedOrExit('soak', parseCommand);
if (command.help) {
  process.stdout.write(HELP);
} else {
  const { signal } = stopOnSignals();
  try {
    const server = process.env.DATABASE_URL;
    const run = await runSoak(command, {
      server: server === '' ? undefined : server,
      signal,
      say: (line) => process.stderr.write(`${line}\n`),
    });
    writeSoakReport(command.out, run);
    process.stdout.write(`\n${soakText(run)}`);
    process.exitCode = isSteady(run) ? 0 : EXIT_FAILED;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT_FAILED;
  }
}
