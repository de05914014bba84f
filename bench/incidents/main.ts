import { EXIT_FAILED, parsedOrExit } from '../../platform/cli/command-line.ts';
import { formatDuration } from '../../simulator/command-line/duration.ts';
import { HELP, parseCommand } from './command.ts';
import { evaluate } from './evaluate.ts';
import { detailsText, reportText } from './report.ts';

const REDRAW_MS = 250;

/** One redrawn line on a terminal, a line for each tenth elsewhere. */
function progressLine(): (share: number) => void {
  const began = performance.now();
  let shownAt = began;
  let shownTenth = 0;
  return (share) => {
    const now = performance.now();
    const tenth = Math.floor(share * 10);
    const { isTTY } = process.stderr;
    if (isTTY ? now - shownAt < REDRAW_MS : tenth === shownTenth) return;
    shownAt = now;
    shownTenth = tenth;
    const left = ((now - began) * (1 - share)) / share;
    const line = `${Math.floor(share * 100)} % · ${formatDuration(left)} left`;
    process.stderr.write(isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
  };
}

function main(): number {
  const command = parsedOrExit('evaluate:incidents', parseCommand);
  if (command.help) {
    process.stdout.write(HELP);
    return 0;
  }
  try {
    const began = performance.now();
    const { scores, matched } = evaluate(command, command.quiet ? () => undefined : progressLine());
    if (process.stderr.isTTY && !command.quiet) process.stderr.write('\r\u001b[2K');
    if (command.json) process.stdout.write(`${JSON.stringify(scores)}\n`);
    else {
      process.stdout.write(reportText(scores));
      if (command.details) process.stdout.write(`\n${detailsText(matched)}`);
      process.stdout.write(`\n${formatDuration(performance.now() - began)}\n`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return EXIT_FAILED;
  }
}

process.exitCode = main();
