import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { MINUTE } from '../../domain/time/micros.ts';
import { causeOf } from '../../simulator/platform/incidents/incident.ts';
import type { Matched } from './match.ts';
import { namedCause, type Scores } from './score.ts';

/** The figures, for people. */
export function reportText(scores: Scores): string {
  const lines: string[] = [];
  const line = (name: string, value: string, note = '') =>
    lines.push(`  ${name.padEnd(32)}${value.padStart(10)}${note === '' ? '' : `  ${note}`}`);
  const { injected, detected, trueIncidents, falseIncidents, falseFindings, seriesWeeks } = scores;
  lines.push('Incidents');
  line('injected', String(injected));
  if (injected > 0) {
    line('recall', percent(scores.recall), `${detected} of ${injected} were detected`);
    line('median detection delay', minutes(scores.medianDelayMinutes));
    line('cause right in the first place', percent(scores.causeAccuracy), 'of those detected');
    line('macro-F1 over the causes', number(scores.macroF1), 'those not detected count as wrong');
  }
  line(
    'precision',
    percent(scores.precision),
    `${trueIncidents} true incidents, ${falseIncidents} false ones`,
  );
  line(
    'false alarms a series-week',
    scores.falsePerSeriesWeek.toFixed(4),
    `${falseFindings} findings in ${Math.round(seriesWeeks).toLocaleString('en-US')} series-weeks`,
  );
  if (scores.kinds.length > 0) lines.push('', ...kindTable(scores), '', ...confusionTable(scores));
  const false_ = Object.entries(scores.falseBySeries).sort((a, b) => b[1] - a[1]);
  if (false_.length > 0) lines.push('', 'False findings by series');
  for (const [name, count] of false_) line(name, String(count));
  return `${lines.join('\n')}\n`;
}

/** What was missed, taken for something else, or found without reason: one line each, for whoever wants to do better. */
export function detailsText({ judged, falseIncidents }: Matched): string {
  const lines: string[] = [];
  for (const one of judged) {
    const { truth, incident, series, delay } = one;
    const named = namedCause(one);
    if (named === causeOf(truth)) continue;
    const where = truth.restaurant ?? truth.method ?? truth.region ?? 'everywhere';
    const what = `${truth.incidentId} ${truth.kind} ${where} ${truth.strength} ${formatIso8601(truth.from).slice(0, 16)}Z for ${(truth.to - truth.from) / MINUTE} min`;
    if (incident === null) lines.push(`missed  ${what}`);
    else {
      const causes = incident.causes
        .slice(0, 3)
        .map(({ cause, probability }) => `${cause} ${probability.toFixed(2)}`);
      lines.push(
        `wrong   ${what}: ${named} after ${(delay ?? 0) / MINUTE} min (${causes.join(', ')}; ${series.join(' ')})`,
      );
    }
  }
  for (const { openedAt, seriesKeys, settledCause } of falseIncidents)
    lines.push(
      `false   ${formatIso8601(openedAt).slice(0, 16)}Z ${settledCause ?? '-'} ${seriesKeys.join(' ')}`,
    );
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function kindTable({ kinds }: Scores): string[] {
  const head = `  ${'kind'.padEnd(20)}${'injected'.padStart(10)}${'detected'.padStart(10)}${'delay'.padStart(10)}${'cause right'.padStart(13)}`;
  const rows = kinds.map(
    ({ kind, injected, detected, medianDelayMinutes, causeRight }) =>
      `  ${kind.padEnd(20)}${String(injected).padStart(10)}${String(detected).padStart(10)}${minutes(medianDelayMinutes).padStart(10)}${String(causeRight).padStart(13)}`,
  );
  return [head, ...rows];
}

function confusionTable({ confusion }: Scores): string[] {
  return [
    'Causes, and what was named ("-": not detected)',
    ...Object.entries(confusion).map(([cause, named]) => {
      const counts = Object.entries(named).sort((a, b) => b[1] - a[1]);
      return `  ${cause.padEnd(22)}${counts.map(([name, count]) => `${name} ${count}`).join(', ')}`;
    }),
  ];
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(share * 100).toFixed(1)} %`;
}

function minutes(value: number | null): string {
  return value === null ? '-' : `${value.toFixed(0)} min`;
}

function number(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}
