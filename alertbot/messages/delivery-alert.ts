import type { Texts } from '../texts/texts.ts';
import type { AlertView, MessageSettings } from './alert-view.ts';
import { code, inline } from './escape.ts';
import { hoursOf, idOf, numberOf, percentOf, timeOf } from './evidence-values.ts';

type Zone = Pick<MessageSettings, 'timeZone'>;

const ID = 120;
const MOST_FACTORS = 3;

export const CONCERNS = ['PREPARATION', 'TRANSIT', 'RISK', 'RESTOCK'] as const;
export type DeliveryConcern = (typeof CONCERNS)[number];

/** What a DELIVERY alert is about; null for one that is not of the processor's own. */
export function concernOf({ kind, evidence }: Pick<AlertView, 'kind' | 'evidence'>): DeliveryConcern | null {
  if (kind !== 'DELIVERY') return null;
  return CONCERNS.find((concern) => concern === evidence.concern) ?? null;
}

/** In one line; null when the evidence does not say enough. */
export function deliveryHeadline(view: AlertView, texts: Texts): string | null {
  const { evidence, order } = view;
  const concern = concernOf(view);
  const orderId = order === null ? null : inline(order.orderId, ID);
  if (concern === 'RESTOCK') {
    const seller = typeof evidence.seller_id === 'string' ? inline(evidence.seller_id, ID) : null;
    const average = hoursOf(evidence, 'avg_prep_delay_hrs', texts);
    return seller === null || average === null ? null : texts.headlines.restock(seller, average);
  }
  if (concern === null || orderId === null) return null;
  if (concern === 'RISK') {
    const percent = percentOf(evidence, 'probability');
    return percent === null ? null : texts.headlines.probablyLate(orderId, percent);
  }
  const elapsed = hoursOf(evidence, 'elapsed_hours', texts);
  if (elapsed === null) return null;
  return concern === 'PREPARATION'
    ? texts.headlines.notHandedOver(orderId, elapsed)
    : texts.headlines.notDelivered(orderId, elapsed);
}

/** Why it was raised, in a sentence or two. */
export function deliveryReason(view: AlertView, texts: Texts): string | null {
  const { evidence } = view;
  const concern = concernOf(view);
  if (concern === null) return null;
  const limit = hoursOf(evidence, 'limit_hours', texts);
  if (concern === 'RESTOCK') {
    return limit === null ? null : texts.delivery.restock(limit, String(numberOf(evidence, 'orders') ?? '?'));
  }
  const from = evidence.limit_from;
  const { limits } = texts.delivery;
  const parts = [
    limit !== null && typeof from === 'string' && Object.hasOwn(limits, from)
      ? limits[from as keyof typeof limits](limit, String(numberOf(evidence, 'limit_cases') ?? '?'))
      : null,
    factors(evidence.reasons, texts),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('\n');
}

/** What raises the probability, as the model names it. */
function factors(reasons: unknown, texts: Texts): string | null {
  if (!Array.isArray(reasons)) return null;
  const raising = reasons
    .filter(
      (reason): reason is { feature: string } =>
        typeof reason?.feature === 'string' && typeof reason.effect === 'number' && reason.effect > 0,
    )
    .slice(0, MOST_FACTORS)
    .map(({ feature }) =>
      Object.hasOwn(texts.delivery.features, feature)
        ? (texts.delivery.features[feature] ?? '')
        : code(feature, ID),
    );
  return raising.length === 0 ? null : texts.delivery.factors(raising);
}

/** Label and value of what the reader needs first; the order itself is shown before. */
export function deliveryFacts(
  { evidence }: Pick<AlertView, 'evidence'>,
  settings: Zone,
  texts: Texts,
): [label: string, value: string | null][] {
  const { labels } = texts;
  const percent = percentOf(evidence, 'probability');
  const expected = timeOf(evidence, 'expected_at', settings);
  const latest = timeOf(evidence, 'latest_at', settings);
  const grade = evidence.grade;
  return [
    [labels.seller, idOf(evidence, 'seller_id')],
    [labels.grade, typeof grade === 'string' ? inline(grade, ID) : null],
    [labels.promised, timeOf(evidence, 'promised_at', settings)],
    [
      labels.expected,
      expected === null || latest === null ? expected : texts.delivery.expected(expected, latest),
    ],
    [labels.lateProbability, percent === null ? null : `${percent} %`],
  ];
}
