import type { Texts } from '../texts/texts.ts';
import type { AlertView } from './alert-view.ts';
import { inline } from './escape.ts';
import { idOf, numberOf, percentOf } from './evidence-values.ts';
import { figure, metricOf, placeOf, wordsOf } from './figures.ts';

const ID = 120;
const MOST_EVIDENCE = 5;
const MOST_METRICS = 3;
/** Causes that are less probable than this are not worth a word. */
const WORTH_NAMING = 0.05;

type Evidence = AlertView['evidence'];

/** Whether the alert is that of an incident, and not an ANOMALY that somebody else raised. */
export function isIncident({ kind, evidence }: Pick<AlertView, 'kind' | 'evidence'>): boolean {
  return kind === 'ANOMALY' && evidence.concern === 'INCIDENT';
}

/** Where and why, in one line; null for an alert of something else. */
export function incidentHeadline(view: AlertView, texts: Texts): string | null {
  if (!isIncident(view)) return null;
  const { incidents } = texts;
  const { evidence } = view;
  const place = placeOfIncident(evidence) ?? incidents.everywhere;
  if (typeof evidence.cause !== 'string') return incidents.looking(place, metricsOf(evidence, texts));
  const percent = evidence.cause === 'UNKNOWN' ? null : percentOf(evidence, 'probability');
  const cause = wordsOf(incidents.causes, evidence.cause);
  const headline = incidents.headline(place, cause);
  return percent === null ? headline : `${headline} (${incidents.probable(String(percent))})`;
}

function placeOfIncident(evidence: Evidence): string | null {
  const places = [evidence.region, evidence.restaurant, evidence.method].filter(
    (place): place is string => typeof place === 'string' && place.trim() !== '',
  );
  return places.length === 0 ? null : places.map((place) => inline(place, ID)).join(' · ');
}

function metricsOf({ series }: Evidence, { incidents }: Texts): string {
  const keys = Array.isArray(series) ? series.filter((key) => typeof key === 'string') : [];
  const metrics = [...new Set(keys.map(metricOf))].slice(0, MOST_METRICS);
  return metrics.map((metric) => wordsOf(incidents.metrics, metric)).join(', ');
}

/** What speaks for the cause, a line each, and what else it may be; null for an alert of something else. */
export function incidentReason(view: AlertView, texts: Texts): string | null {
  if (!isIncident(view)) return null;
  const lines = listOf(view.evidence.evidence)
    .slice(0, MOST_EVIDENCE)
    .map((one) => evidenceLine(one, texts))
    .filter((line) => line !== null);
  const others = otherCauses(view.evidence, texts);
  const all = [...lines.map((line) => `• ${line}`), ...(others === null ? [] : [others])];
  return all.length === 0 ? null : all.join('\n');
}

function evidenceLine(one: Record<string, unknown>, texts: Texts): string | null {
  const { evidence } = texts.incidents;
  const [observed, expected] = [numberOf(one, 'observed'), numberOf(one, 'expected')];
  if (typeof one.subject !== 'string' || observed === null || expected === null) return null;
  const { subject } = one;
  switch (one.kind) {
    case 'SERIES': {
      const metric = metricOf(subject);
      const name = [placeOf(subject), wordsOf(texts.incidents.metrics, metric)].filter(
        (part) => part !== null,
      );
      return evidence.series(
        name.join(' '),
        figure(metric, observed, texts),
        figure(metric, expected, texts),
      );
    }
    case 'REASONS':
      return evidence.reasons(wordsOf(texts.incidents.refusals, subject), String(observed), String(expected));
    case 'PLACES':
      return evidence.silent(String(observed), String(expected));
    case 'PROBE':
      return observed > 0 ? evidence.probeWell(inline(subject, ID)) : evidence.probe(inline(subject, ID));
    case 'SOURCE':
      return evidence.source(wordsOf(texts.incidents.sources, subject), spoken(one.text, observed));
    default:
      return null;
  }
}

/** What a source said in its own words: `traffic: jammed, 2.1 times as long` without what it is about. */
function spoken(text: unknown, value: number): string {
  if (typeof text !== 'string') return String(value);
  return inline(text.replace(/^[a-z]+: /u, ''), ID);
}

function otherCauses({ causes, cause }: Evidence, texts: Texts): string | null {
  const others = listOf(causes)
    .filter((one) => one.cause !== cause && one.cause !== 'UNKNOWN' && typeof one.cause === 'string')
    .filter((one) => (numberOf(one, 'probability') ?? 0) >= WORTH_NAMING)
    .slice(0, 2)
    .map((one) => {
      const percent = texts.incidents.percent(String(percentOf(one, 'probability')));
      return `${wordsOf(texts.incidents.causes, String(one.cause))} ${percent}`;
    });
  return others.length === 0 ? null : `${texts.incidents.labels.otherCauses}: ${others.join(', ')}`;
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : [];
}

/** Label and value of where it is; null for an alert of something else. */
export function incidentFacts(view: AlertView, texts: Texts): [label: string, value: string | null][] | null {
  if (!isIncident(view)) return null;
  const { evidence } = view;
  const { labels } = texts.incidents;
  return [
    [texts.labels.region, idOf(evidence, 'region')],
    [labels.restaurant, idOf(evidence, 'restaurant')],
    [labels.payment, idOf(evidence, 'method')],
  ];
}
