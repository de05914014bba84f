import { type Comparison, holds } from '../verdict/comparison.ts';
import type { ChaosReport, ExperimentResult } from './result.ts';
import { HEADINGS, type Row, rowOf } from './table.ts';

const EXAMPLES = 5;

/** The whole report for people. */
export function markdownOf(report: ChaosReport): string {
  const { seed, seconds, rate, native, began, results } = report;
  const columns = Object.keys(HEADINGS) as (keyof Row)[];
  const line = (row: Row) => `| ${columns.map((column) => row[column]).join(' | ')} |`;
  return `# Chaos, ${began}

${native ? 'Native' : 'Embedded'} database, ${rate} records a second for ${seconds} s each, seed ${seed}.

${line(HEADINGS)}
|${columns.map(() => '---').join('|')}|
${results.map((result) => line(rowOf(result))).join('\n')}

*Recovered after*: from the end of the last fault until nothing older than a second was waiting. *All told after*: from the
end of the load until everything was stored, published, told in Slack and called.

${results.map(section).join('\n')}`;
}

function section(result: ExperimentResult): string {
  const { name, does, outcome, reason, notes, faults, verdict, recovery, rules, samples } = result;
  const lines = [`## ${name}`, '', `${does}. **${outcome}**${reason === undefined ? '' : `: ${reason}`}`, ''];
  if (samples.length > 0) lines.push(`![Lag of ${name}](${name}.svg)`, '');
  for (const { what, from, to } of faults) lines.push(`- ${from.toFixed(1)} to ${to.toFixed(1)} s: ${what}`);
  for (const note of notes) lines.push(`- ${note}`);
  if (recovery !== undefined) lines.push(`- ${recovery.mostWaiting} records waited at most`);
  if (verdict !== undefined) {
    lines.push(
      `- sent again by a producer without an answer: ${verdict.sentAgain} records; published again: ${verdict.publishedAgain} messages`,
    );
  }
  if (rules === undefined) lines.push('- no Prometheus on the PATH: its rules were not evaluated');
  else if (rules.pending.length > 0) lines.push(`- rules that began to wait: ${rules.pending.join(', ')}`);
  if (verdict !== undefined) lines.push('', ...verdictTable(verdict.comparisons));
  return `${lines.join('\n')}\n`;
}

function verdictTable(comparisons: readonly Comparison[]): string[] {
  const rows = comparisons.map(
    ({ what, wanted, found, lost, doubled, wrong }) =>
      `| ${what} | ${wanted} | ${found} | ${lost.length} | ${doubled.length} | ${wrong.length} |`,
  );
  const examples = comparisons
    .filter((comparison) => !holds(comparison))
    .flatMap(({ what, lost, doubled, wrong }) =>
      Object.entries({ lost, doubled, wrong })
        .filter(([, keys]) => keys.length > 0)
        .map(
          ([how, keys]) =>
            `- ${what}, ${how}: ${keys
              .slice(0, EXAMPLES)
              .map((key) => `\`${key}\``)
              .join(', ')}`,
        ),
    );
  return [
    '| | wanted | found | lost | doubled | wrong |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    ...examples,
  ];
}
