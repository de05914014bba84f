import { resolve } from 'node:path';
import type { ChaosCommand } from './command.ts';
import type { Surroundings } from './experiment.ts';
import { EXPERIMENTS } from './experiments/all-experiments.ts';
import type { ChaosReport, ExperimentResult } from './report/result.ts';
import { lineOf } from './report/table.ts';
import { writeReport } from './report/write-report.ts';
import { runExperiment } from './run-experiment.ts';

/** Runs the experiments one after the other; the report is written anew after each, so that a run cut short has one. */
export async function runChaos(
  command: ChaosCommand,
  { server, say, signal }: Surroundings & { say(line: string): void; signal: AbortSignal },
): Promise<ChaosReport> {
  const { seed, seconds, rate } = command;
  const out = resolve(command.out);
  const began = new Date().toISOString();
  const results: ExperimentResult[] = [];
  const report = (): ChaosReport => ({ seed, seconds, rate, began, native: server !== undefined, results });
  const chosen = EXPERIMENTS.filter(({ name }) => command.only.includes(name));
  for (const [index, experiment] of chosen.entries()) {
    if (signal.aborted) break;
    say(`\n${index + 1} of ${chosen.length}  ${experiment.name}: ${experiment.does}`);
    const result = await runExperiment(experiment, {
      ...{ seed, seconds, rate, out, signal },
      surroundings: { server },
      say: (line) => say(`  ${line}`),
    });
    results.push(result);
    say(`  ${lineOf(result)}`);
    writeReport(out, report());
  }
  return report();
}
