import type { Interval } from '../../domain/statistics/bootstrap.ts';
import type { ReliabilityBin } from '../../domain/statistics/classification.ts';
import type { Evaluation } from './evaluate.ts';
import type { ChoiceReport } from './judge-choices.ts';
import type { DurationReport } from './judge-durations.ts';
import type { LatenessReport } from './judge-lateness.ts';

/** For people, at a terminal. Intervals are of 95 %. */
export function reportText(evaluation: Evaluation): string {
  const { milestones, trained, judged, lateness, durations, choices } = evaluation;
  return [
    `${milestones} milestones; ${trained} delivered orders for training, ${judged} judged`,
    ...lateness.map(latenessText),
    ...durations.map(durationText),
    choiceText(choices),
  ].join('\n\n');
}

function latenessText({ moment, orders, late, methods, bins }: LatenessReport): string {
  const rows = methods.map(
    ({ name, auc, aucInterval, averagePrecision, averagePrecisionInterval, brier, ...rest }) => [
      name,
      `${auc.toFixed(3)} ${interval(aucInterval, 3)}`,
      `${averagePrecision.toFixed(3)} ${interval(averagePrecisionInterval, 3)}`,
      brier?.toFixed(4) ?? '',
      rest.calibrationError?.toFixed(3) ?? '',
    ],
  );
  return [
    `Late or not, said at the ${moment} (${late} late of ${orders})`,
    table(['', 'ROC AUC', 'average precision', 'Brier', 'ECE'], rows),
    '',
    'Calibration of the model that goes on learning, by tenths of the orders',
    table(['orders', 'predicted', 'late'], bins.map(binRow)),
  ].join('\n');
}

function binRow({ cases, predicted, observed }: ReliabilityBin): string[] {
  return [String(cases), percent(predicted), percent(observed)];
}

function durationText({ duration, methods, coverage }: DurationReport): string {
  const rows = methods.map(({ name, orders, medianError, interval: of, meanError }) => [
    name,
    String(orders),
    `${medianError.toFixed(2)} ${interval(of, 2)}`,
    meanError.toFixed(2),
  ]);
  return [
    `Time from ${duration}: error in days`,
    table(['', 'orders', 'median', 'mean'], rows),
    `between earliest_at and latest_at: ${percent(coverage)} (80 % are meant to be)`,
  ].join('\n');
}

function choiceText(report: ChoiceReport): string {
  if (report.orders === 0) {
    return 'What if the recommended seller had always been chosen: no judged order had a choice of sellers';
  }
  const days = (value: number) => (Number.isFinite(value) ? `${value.toFixed(2)} days` : '-');
  return [
    'What if the recommended seller had always been chosen (approval to delivery, orders with a choice of sellers)',
    table(
      ['', ''],
      [
        ['orders', String(report.orders)],
        ['went to the recommended seller', String(report.followed)],
        ['actual, mean', days(report.actual)],
        ['expected of the seller it went to, mean', days(report.expected)],
        ['expected of the recommended seller, mean', days(report.expectedOfRecommended)],
        ['expected saving', `${days(report.saving)} ${interval(report.savingInterval, 2)}`],
        ['median error of what was expected', days(report.medianError)],
        ['actual less expected, recommended seller', days(report.surpriseFollowed)],
        ['actual less expected, another seller', days(report.surpriseOther)],
      ],
    ),
    'The saving is a difference of two expectations: nobody knows how the recommended seller would have done. It takes for',
    'granted that this seller had the product, at the same price, and would not have become slower with more orders.',
  ].join('\n');
}

function interval({ low, high }: Interval, digits: number): string {
  return `[${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [head, ...rows]
    .map((row) => `  ${line(row)}`.trimEnd())
    .filter((text) => text !== '')
    .join('\n');
}
