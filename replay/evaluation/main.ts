import { writeFile } from 'node:fs/promises';
import { EXIT_FAILED, parsedOrExit } from '../../platform/cli/command-line.ts';
import { readHistory } from '../read-history.ts';
import { SourceError } from '../source/check-tables.ts';
import { EVALUATE_HELP, parseEvaluateCommand } from './command.ts';
import { curvesPage } from './curves.ts';
import { EvaluationError, evaluate } from './evaluate.ts';
import { reportText } from './report.ts';

async function main(): Promise<number> {
  const { help, data, adapter, trainUntil, html, json } = parsedOrExit('evaluate', parseEvaluateCommand);
  if (help) {
    process.stdout.write(EVALUATE_HELP);
    return 0;
  }
  try {
    const evaluation = await evaluate(await readHistory(data, { adapter }), { trainUntil });
    if (html !== null) await writeFile(html, curvesPage(evaluation));
    process.stdout.write(`${json ? JSON.stringify(evaluation) : reportText(evaluation)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof SourceError) && !(error instanceof EvaluationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return EXIT_FAILED;
  }
}

process.exitCode = await main();
