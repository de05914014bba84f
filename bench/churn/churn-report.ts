import type { ChurnFigures } from '../../domain/churn/judge-churn.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { ChurnEvaluation } from './evaluate-churn.ts';

/** The evaluation as tables for a terminal. */
export function churnReport(
  name: string,
  orders: number,
  days: number,
  { asOf, trained, kind, all, repeaters, bgNbd, bins, effects }: ChurnEvaluation,
): string {
  const lines = [
    `${name}: ${orders} orders; predicted on ${formatIso8601(asOf)} for ${days} days`,
    `learnt from ${trained} customers (${kind}); ${all.churned} of ${all.judged} churned`,
    '',
    '                         customers   AUC                      ECE     Brier',
    figuresLine('model', all),
    figuresLine('  those who had re-ordered', repeaters),
    figuresLine('BG/NBD alone', bgNbd),
    `${'time since the last order'.padEnd(26)}${String(all.judged).padStart(8)}   ${number(all.recencyAuc)}`,
    '',
    'customers  predicted  churned',
    ...bins.map(
      ({ cases, predicted, observed }) =>
        `${String(cases).padStart(9)}  ${percent(predicted).padStart(9)}  ${percent(observed).padStart(7)}`,
    ),
    '',
    'feature            mean   spread   odds of churn for one spread more',
    ...effects.map(
      ({ feature, mean, spread, oddsRatio }) =>
        `${feature.padEnd(15)} ${mean.toFixed(2).padStart(7)} ${spread.toFixed(2).padStart(8)}   x ${oddsRatio.toFixed(2)}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function figuresLine(name: string, { judged, auc, aucInterval, ece, brier }: ChurnFigures): string {
  const interval = aucInterval === null ? '' : `[${number(aucInterval.low)}, ${number(aucInterval.high)}]`;
  return `${name.padEnd(26)}${String(judged).padStart(8)}   ${`${number(auc)} ${interval}`.padEnd(24)} ${number(ece)}   ${number(brier)}`;
}

function number(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
